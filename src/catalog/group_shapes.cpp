// The shapes of groups' answers, and the declarations of their requests' bodies.

#include "base/budgets.h"
#include "catalog/bodies.h"
#include "catalog/handle.h"
#include "catalog/shapes.h"

namespace orderd::catalog {

using api::Shape;

namespace {

Shape group_name() { return Shape::text(1, kMaxName).example("Shirt"); }

/// What is the same of a group as staff see it, and of an entry of the window.
Shape group_members() {
    return Shape::object({{"id", Shape::id()},
                          {"handle", handle_shape()},
                          {"name", group_name()},
                          {"description", Shape::lines(0, kMaxDescription)},
                          {"options", Shape::list(api::shape_of<Option>(), 0, kMaxOptions)},
                          {"currency", Shape::currency()},
                          {"variant_count", Shape::integer(0, budget::kGroupVariants)},
                          {"pictures", pictures_shape()},
                          {"created_at", Shape::time()}});
}

}  // namespace

Shape group_shape() {
    return group_members()
        .with({{"price_from", Shape::money().nullable().described(
                                  "the least of its variants on sale; null: customers do not see it")},
               {"updated_at", Shape::time()},
               {"version", Shape::integer(1, INT64_MAX)}})
        .named("ProductGroup");
}

Shape whole_group_shape() {
    return group_shape()
        .with({{"variants", Shape::list(admin_product_shape(), 0, budget::kGroupVariants)}})
        .named("WholeProductGroup");
}

Shape entry_shape() {
    return group_members()
        .with({{"kind", Shape::one_of({"group", "product"}).described("product: one that stands alone; id is its own")},
               {"price_from", Shape::money()},
               {"price_to", Shape::money()},
               {"compare_at_price", Shape::money().nullable().described("of a reduced product")},
               {"lowest_price", Shape::money().nullable().described("of a reduced product")},
               {"price_per", price_per_shape()},
               {"orderable", Shape::boolean().described("whether one of its variants can be ordered now")}})
        .named("WindowEntry");
}

Shape whole_entry_shape() {
    return entry_shape()
        .with({{"variants", Shape::list(public_product_shape(), 1, budget::kGroupVariants)}})
        .named("WholeWindowEntry");
}

}  // namespace orderd::catalog

namespace orderd::api {

using catalog::ProductUpdate;
using catalog::VariantDefaults;
using catalog::VariantPlace;
using catalog::VariantsUpdate;
using catalog::WantedGroup;
using catalog::WantedVariant;

namespace {

Shape group_name() { return Shape::text(1, catalog::kMaxName).example("Shirt"); }

Shape variant_values() {
    return Shape::list(Shape::text(1, catalog::kMaxOptionValue).example("Small"), 0, catalog::kMaxOptions)
        .described("one of each option, in their order");
}

}  // namespace

Declared<catalog::Option> Fields<catalog::Option>::value() {
    using catalog::Option;
    return object<Option>(
        "ProductOption",
        {field("name", &Option::name, Shape::text(1, catalog::kMaxOptionName).example("Size")),
         field("values", &Option::values,
               Shape::list(Shape::text(1, catalog::kMaxOptionValue).example("Small"), 0, budget::kOptionValues))});
}

Declared<catalog::Renaming> Fields<catalog::Renaming>::value() {
    using catalog::Renaming;
    return object<Renaming>(
        "OptionRenaming",
        {field("option", &Renaming::option, Shape::text(1, catalog::kMaxOptionName).example("Size")),
         optional("value", &Renaming::value,
                  Shape::text(1, catalog::kMaxOptionValue).described("absent: the option itself").example("Small")),
         field("to", &Renaming::to, Shape::text(1, catalog::kMaxOptionValue).example("S"))});
}

Declared<WantedVariant> Fields<WantedVariant>::value() {
    return object_with<WantedVariant, VariantDefaults>(
        "NewVariant",
        {field("values", &WantedVariant::values, variant_values()),
         optional("sku", &WantedVariant::sku,
                  Shape::text(1, catalog::kMaxSku).described("absent: of the group's handle and values")),
         optional("name", &WantedVariant::name, group_name().described("absent: of the group's name and values"))
             .not_in_example()});
}

Declared<WantedGroup> Fields<WantedGroup>::value() {
    return object<WantedGroup>(
        "NewProductGroup",
        {optional("handle", &WantedGroup::handle, catalog::handle_shape().example("shirt")),
         field("name", &WantedGroup::name, group_name()),
         optional("description", &WantedGroup::description, Shape::lines(0, catalog::kMaxDescription)),
         optional("options", &WantedGroup::options, Shape::list(shape_of<catalog::Option>(), 0, catalog::kMaxOptions)),
         optional("variants", &WantedGroup::variants,
                  Shape::list(shape_of<WantedVariant>(), 0, budget::kGroupVariants)),
         optional("generate", &WantedGroup::generate,
                  shape_of<VariantDefaults>().described("instead of variants: one for each combination of values"))
             .not_in_example()});
}

Declared<catalog::GroupChanges> Fields<catalog::GroupChanges>::value() {
    using catalog::GroupChanges;
    return object<GroupChanges>(
        "ProductGroupUpdate",
        {optional("handle", &GroupChanges::handle, catalog::handle_shape().example("shirt")),
         optional("name", &GroupChanges::name, group_name()),
         optional("description", &GroupChanges::description, Shape::lines(0, catalog::kMaxDescription)),
         optional("renamings", &GroupChanges::renamings,
                  Shape::list(shape_of<catalog::Renaming>(), 0, budget::kOptionValues)
                      .described("other spellings of options and values, done before options is read")),
         optional("options", &GroupChanges::options,
                  Shape::list(shape_of<catalog::Option>(), 0, catalog::kMaxOptions)
                      .described("all of them, in their order; variants get the first value of a new one"))
             .not_in_example()});
}

Declared<VariantPlace> Fields<VariantPlace>::value() {
    return object<VariantPlace>("VariantPlace", {field("values", &VariantPlace::values, variant_values())});
}

Declared<VariantsUpdate> Fields<VariantsUpdate>::value() {
    const auto products = Shape::list(Shape::id(), 0, budget::kGroupVariants);
    return object<VariantsUpdate>(
        "VariantsUpdate",
        {optional("products", &VariantsUpdate::products, products.described("those that get set; absent: all")),
         optional("set", &VariantsUpdate::set,
                  shape_of<ProductUpdate>().described("fields or stock, but no sku, handle, name or barcode"))
             .not_in_example(),
         optional("order", &VariantsUpdate::order,
                  products.described("the variants in their order; the others follow"))});
}

}  // namespace orderd::api
