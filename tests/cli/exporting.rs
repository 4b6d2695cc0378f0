//! export.

use crate::world::World;

const TWO: &str = "编号,名称,电话,总金额（万元）\nC1,华东机械,13800138000,12.5\nC2,=Acme,5551234,3\n";

#[test]
fn what_is_exported_comes_in_again_unchanged_as_csv_xlsx_and_json() {
    for ending in ["csv", "xlsx", "json"] {
        let world = World::of(TWO);
        let file = format!("out.{ending}");
        world.run(&["export", "customers", "-o", &file]).done();
        let again = world.json(&["import", &file]);
        assert_eq!(again["unchanged"]["customers"], 2, "{ending}: {again}");
    }
}

#[test]
fn a_masked_export_tells_no_number() {
    let world = World::of(TWO);
    let out = world.run(&["export", "customers", "--mask"]).done();
    assert!(!out.out.contains("13800138000") && out.out.contains("华东机械"), "{}", out.out);
}

#[test]
fn an_unknown_kind_or_format_is_named_and_no_file_is_left() {
    let world = World::of(TWO);
    let told = world.run(&["export", "nonsense", "-o", "out.csv"]).failed(2);
    assert!(told.err.contains("nonsense"), "{told:?}");
    world.run(&["export", "all", "--format", "csv", "-o", "out.csv"]).failed(2);
    assert!(!world.path("out.csv").exists() && !world.path("out.csv.part").exists());
}
