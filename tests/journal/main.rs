//! What was written is there again: after reopening, after rebuilding, and after taking back.

use kehu::domain::change::Change;
use kehu::domain::customer::Customer;
use kehu::domain::id::{Id, IdSource};
use kehu::domain::record::Record;
use kehu::domain::time::Moment;
use kehu::store::entry::{Cause, Draft, Durability, Target};
use kehu::store::{Options, Store};

#[test]
fn a_customer_written_is_there_when_the_book_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut ids = IdSource::seeded(1);
    let now = Moment::from_parts(1_700_000_000, 480);
    let customer = Customer { id: ids.next(now), name: "客户".into(), ..Customer::default() };
    let change = Change::Born(Record::from(customer.clone()));
    {
        let (mut store, opened) = Store::open(folder.path(), Options::default(), &mut |_| ()).unwrap();
        assert!(opened.created);
        let draft = Draft {
            id: ids.next(now),
            at: now,
            by: "me".into(),
            group: None,
            cause: Cause::Do,
            changes: vec![change.clone()],
        };
        let seq = store.append(&draft, Durability::Now).unwrap();
        assert_eq!(seq, 1);
        store.settle(seq, &draft.changes, &[]).unwrap();
        assert_eq!(store.dossier(customer.id).unwrap().customer(), Some(customer.clone()));
    }
    for clean in [true, false] {
        if !clean {
            std::fs::remove_dir_all(folder.path().join("working")).unwrap();
        }
        let (store, opened) = Store::open(folder.path(), Options::default(), &mut |_| ()).unwrap();
        assert_eq!(opened.rebuilt.is_none(), clean, "{opened:?}");
        assert_eq!(store.dossier(customer.id).unwrap().customer(), Some(customer.clone()));
        assert_eq!(store.dossier(customer.id).unwrap().history(), [1]);
        let entry = store.entry(1).unwrap();
        assert_eq!(entry.changes, [change.clone()]);
    }
    let (mut store, _) = Store::open(folder.path(), Options::default(), &mut |_| ()).unwrap();
    let undo = Draft {
        id: Id::BOOK,
        at: now,
        by: "me".into(),
        group: None,
        cause: Cause::Undo(Target::Entry(1)),
        changes: Vec::new(),
    };
    let seq = store.append(&undo, Durability::Now).unwrap();
    let changes = store.changes_of(&store.head(seq).unwrap()).unwrap();
    store.settle(seq, &changes, &[]).unwrap();
    assert!(store.dossier(customer.id).unwrap().is_empty());
}
