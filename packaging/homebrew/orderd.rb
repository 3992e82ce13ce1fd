class Orderd < Formula
  desc "Order desk of a small shop, in one file"
  homepage "https://orderd.example/"
  license "MIT"
  head "https://orderd.example/orderd.git", branch: "main"

  depends_on "cli11" => :build
  depends_on "cmake" => :build
  depends_on "ninja" => :build
  depends_on "nlohmann-json" => :build
  depends_on "node" => :build
  depends_on "pkgconf" => :build
  depends_on "fmt"
  depends_on "gumbo-parser"
  depends_on "harfbuzz"
  depends_on "jpeg-turbo"
  depends_on "libpng"
  depends_on "libsodium"
  depends_on "openssl@3"
  depends_on "qr-code-generator"
  depends_on "sqlite"
  depends_on "sqlitecpp"
  depends_on "utf8proc"
  depends_on "webp"

  uses_from_macos "curl"
  uses_from_macos "zlib"

  # Built in, so that every orderd of this formula has the same: the release that packaging/cmake/Dependencies.cmake pins
  # for systems without it. (A static executable has Debian's older one, with its security patches.)
  resource "cpp-httplib" do
    url "https://github.com/yhirose/cpp-httplib/archive/refs/tags/v0.26.0.tar.gz"
    sha256 "a66f908f50ccb119769adce44fe1eac75f81b6ffab7c4ac0211bb663ffeb2688"
  end

  # Embedded: the font of labels.
  resource "dejavu" do
    url "https://github.com/dejavu-fonts/dejavu-fonts/releases/download/version_2_37/dejavu-fonts-ttf-2.37.tar.bz2"
    sha256 "fa9ca4d13871dd122f61258a80d01751d603b4d3ee14095d65453b4e846e17d7"
  end

  def install
    deps = buildpath/"deps"
    resource("cpp-httplib").stage deps/"cpp-httplib"
    resource("dejavu").stage deps/"dejavu"
    args = %W[-DORDERD_SYSTEM_LIBRARIES=ON -DORDERD_TESTS=OFF -DORDERD_WARNINGS_AS_ERRORS=OFF
              -DORDERD_DEPENDENCIES_DIR=#{deps} -DORDERD_LABEL_FONT=#{deps}/dejavu/ttf/DejaVuSansCondensed.ttf]
    system "cmake", "-S", ".", "-B", "build", "-G", "Ninja", *args, *std_cmake_args
    system "cmake", "--build", "build"
    system "cmake", "--install", "build"

    generate_completions_from_executable(bin/"orderd", "completions", shells: [:bash, :zsh, :fish])
    (buildpath/"orderd.1").write Utils.safe_popen_read(bin/"orderd", "manual")
    man1.install "orderd.1"
    # What a package has to say about its own system; the rest is the executable's defaults.
    settings = Utils.safe_popen_read(bin/"orderd", "config")
    settings.sub!(/^#data = .*/, "data = \"#{var}/orderd\"")
    settings.sub!(/^#backup-dir = .*/, "backup-dir = \"#{var}/orderd/backups\"")
    (buildpath/"orderd.toml").write settings
    (etc/"orderd").install "orderd.toml"
  end

  def post_install
    (var/"orderd").mkpath
    (var/"orderd").chmod 0700
  end

  service do
    run [opt_bin/"orderd", "serve", "--config", etc/"orderd/orderd.toml"]
    keep_alive true
    working_dir var/"orderd"
    log_path var/"log/orderd.log"
    error_log_path var/"log/orderd.log"
  end

  def caveats
    <<~EOS
      The one-time link that sets the shop up is printed at its start:
        grep "Set up" #{var}/log/orderd.log
      It backs up into #{var}/orderd/backups, once a day. Commands about its shop take its configuration:
        ORDERD_CONFIG=#{etc}/orderd/orderd.toml orderd doctor
      Keep a copy of #{var}/orderd/shop.key apart from the backups.
    EOS
  end

  test do
    assert_match "orderd ", shell_output("#{bin}/orderd version")

    (testpath/"products.csv").write <<~CSV
      Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price
      mug,Mug,MUG,5,12.50
    CSV
    mkdir "shop"
    system bin/"orderd", "import", "products.csv", "--data", "shop"

    port = free_port
    server = spawn bin/"orderd", "serve", "--data", "shop", "--listen", "127.0.0.1:#{port}"
    begin
      order = '{"customer": {"name": "Ada", "email": "ada@example.com", "shipping_address": {"line1": "Allee 12", ' \
              '"city": "Berlin", "postal_code": "10115", "country": "DE"}}, "items": [{"sku": "MUG", "quantity": 2}]}'
      answer = shell_output("curl --silent --retry 20 --retry-connrefused --retry-delay 1 " \
                            "--json '#{order}' http://127.0.0.1:#{port}/orders")
      assert_match '"status":"pending"', answer
    ensure
      Process.kill "TERM", server
      Process.wait server
    end
    system bin/"orderd", "check", "--data", "shop"
  end
end
