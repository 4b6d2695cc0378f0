//! Visitors who are silent, many, slow or impatient, at a door with a session behind it.

use super::wire::{Back, Kind};
use super::{Answering, BEAT, Door, Knock, MOST_VISITORS, PATIENCE, Unanswered, ask};
use crate::desk::{Desk, Opening};
use crate::domain::time::Moment;
use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

const DONE: u8 = 0;

fn desk(folder: &Path) -> Desk {
    let opening = Opening {
        me: "me".to_owned(),
        device: String::new(),
        now: Moment::default(),
        read_only: false,
        despite_damage: false,
        despite_lost_journal: false,
        seed: 1,
    };
    Desk::open(folder, opening, &mut |_, _| ()).unwrap().0
}

/// A door that answers with what was asked, as slowly as is said.
fn door(folder: &Path, beats: u32) -> (Door, Receiver<Knock>) {
    let answering: Arc<Answering> =
        Arc::new(move |_: &mut Desk, words: &[u8], out: &mut dyn Write, _: &mut dyn Write| {
            thread::sleep(BEAT * beats);
            out.write_all(words).ok().map(|()| DONE)
        });
    let (sender, knocks) = channel();
    (Door::open(folder, answering, sender).unwrap(), knocks)
}

fn knock(folder: &Path, writes: bool) -> (Result<u8, Unanswered>, String) {
    let mut out = Vec::new();
    let answer = ask(folder, writes, "电话".as_bytes(), &mut out, &mut Vec::new());
    (answer, String::from_utf8(out).unwrap())
}

/// Does what is asked at the door, so many times.
fn serve(desk: &mut Desk, knocks: &Receiver<Knock>, times: usize) {
    for knock in knocks.iter().take(times) {
        match knock {
            Knock::Read(reading) => reading.at(desk.snapshot()),
            Knock::Write(visit) => visit.at(desk),
        }
    }
}

#[test]
fn however_many_stand_there_and_say_nothing_who_asks_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let (_door, knocks) = door(folder.path(), 0);
    let silent: Vec<_> = (0..100).map(|_| UnixStream::connect(folder.path().join("door")).unwrap()).collect();
    thread::scope(|scope| {
        let asked = scope.spawn(|| [knock(folder.path(), false), knock(folder.path(), true)]);
        serve(&mut desk, &knocks, 2);
        for (answer, out) in asked.join().unwrap() {
            assert!(matches!(answer, Ok(DONE)), "{answer:?}");
            assert_eq!(out, "电话");
        }
    });
    drop(silent);
}

#[test]
fn more_who_ask_at_once_than_there_are_places_are_all_answered() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let (_door, knocks) = door(folder.path(), 1);
    let count = 3 * MOST_VISITORS;
    thread::scope(|scope| {
        let folder = folder.path();
        let asked: Vec<_> = (0..count).map(|nth| scope.spawn(move || knock(folder, nth % 2 == 0))).collect();
        serve(&mut desk, &knocks, count);
        assert!(asked.into_iter().all(|answer| matches!(answer.join().unwrap().0, Ok(DONE))));
    });
}

#[test]
fn what_takes_longer_than_anybody_waits_in_silence_is_answered_when_it_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let beats = 3 * (PATIENCE.as_millis() / BEAT.as_millis()) as u32 / 2;
    let (_door, knocks) = door(folder.path(), beats);
    thread::scope(|scope| {
        let asked = scope.spawn(|| [knock(folder.path(), true), knock(folder.path(), false)]);
        serve(&mut desk, &knocks, 2);
        assert!(asked.join().unwrap().iter().all(|(answer, _)| matches!(answer, Ok(DONE))));
    });
}

#[test]
fn a_session_that_goes_away_before_it_takes_a_change_up_has_not_done_it() {
    let folder = tempfile::tempdir().unwrap();
    let (_door, knocks) = door(folder.path(), 0);
    thread::scope(|scope| {
        let asked = scope.spawn(|| knock(folder.path(), true));
        drop(knocks.recv().unwrap());
        assert!(matches!(asked.join().unwrap().0, Err(Unanswered::Nobody)));
    });
}

#[test]
fn a_change_taken_up_by_a_session_that_then_says_nothing_more_is_said_to_be_unsure() {
    for goes_away in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join("door")).unwrap();
        thread::scope(|scope| {
            let asked = scope.spawn(|| knock(folder.path(), true));
            let (mut stream, _) = listener.accept().unwrap();
            stream.read_exact(&mut [0; 11]).unwrap();
            let back = Back::through(stream);
            back.send(Kind::Alive, &[]).unwrap();
            back.send(Kind::Taken, &[]).unwrap();
            let kept = (!goes_away).then_some(back);
            assert!(matches!(asked.join().unwrap().0, Err(Unanswered::Unsure)));
            drop(kept);
        });
    }
}

#[test]
fn a_request_taken_back_because_nobody_took_it_up_can_be_taken_up_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let listener = UnixListener::bind(folder.path().join("door")).unwrap();
    thread::scope(|scope| {
        let asked = scope.spawn(|| knock(folder.path(), true));
        let (stream, _) = listener.accept().unwrap();
        assert!(matches!(asked.join().unwrap().0, Err(Unanswered::Nobody)));
        assert!(Back::through(stream).send(Kind::Taken, &[]).is_err());
    });
}
