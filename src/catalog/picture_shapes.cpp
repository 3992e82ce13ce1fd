#include "base/budgets.h"
#include "catalog/bodies.h"
#include "catalog/picture.h"
#include "catalog/shapes.h"

namespace orderd::catalog {

using api::Shape;

Shape picture_shape() {
    const auto side = Shape::integer(1, static_cast<std::int64_t>(kPictureSides.back())).described("pixels");
    const auto url = Shape::text(1, 200)
                         .described("on this server; what is there never changes")
                         .example("/pictures/0123456789abcdef0123456789abcdef01234567-800.webp");
    const auto size = Shape::object({{"width", side}, {"height", side}, {"url", url}}).named("PictureSize");
    return Shape::object(
               {
                   {"id", Shape::id()},
                   {"url", url},
                   {"width", side},
                   {"height", side},
                   {"alt", Shape::text(0, kMaxAlt).described("what is to be seen, in words")},
                   {"sizes", Shape::list(size, 1, kPictureSides.size())
                                 .described("from small to large; url, width and height are those of the last")},
               })
        .named("Picture");
}

Shape pictures_shape() {
    return Shape::list(picture_shape(), 0, budget::kPicturesOfProduct).described("in their order");
}

Shape import_pictures_shape() {
    const auto count = Shape::integer(0, INT64_MAX);
    const auto fault = Shape::object({
                                         {"url", Shape::text(1, 2'000)},
                                         {"product_id", Shape::id().nullable()},
                                         {"group_id", Shape::id().nullable()},
                                         {"fault", Shape::anything().described("text: why it was given up")},
                                     })
                           .named("PictureFault");
    return Shape::object({
                             {"wanted", count.described("in all")},
                             {"waiting", count.described("to be fetched, or to be tried again")},
                             {"stored", count},
                             {"failed", count.described("given up: import the file again to try again")},
                             {"faults", Shape::list(fault, 0, 100).described("of those that failed, the first 100")},
                         })
        .named("ImportPictures");
}

}  // namespace orderd::catalog

namespace orderd::api {

using catalog::ArrangedPicture;
using catalog::WantedOrder;

Declared<ArrangedPicture> Fields<ArrangedPicture>::value() {
    return object<ArrangedPicture>("ArrangedPicture",
                                   {field("id", &ArrangedPicture::id, Shape::id()),
                                    optional("alt", &ArrangedPicture::alt,
                                             Shape::text(0, catalog::kMaxAlt).described("stays as it is if absent"))});
}

Declared<WantedOrder> Fields<WantedOrder>::value() {
    return object<WantedOrder>(
        "PictureOrder", {field("pictures", &WantedOrder::pictures,
                               Shape::list(shape_of<ArrangedPicture>(), 0, budget::kPicturesOfProduct)
                                   .described("all of the product's pictures, in the order that they are to have"))});
}

}  // namespace orderd::api
