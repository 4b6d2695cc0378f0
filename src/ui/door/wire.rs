//! What goes through the door, piece by piece: one request in, parts of an answer out.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// The longest request, in bytes.
const LONGEST_REQUEST: u32 = 4 << 20;
/// The longest part of an answer, in bytes.
const LONGEST_PART: u32 = 64 << 20;
/// How long a request may take to arrive whole.
const WHOLE: Duration = Duration::from_secs(10);

/// What a part of an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing yet, but it is being worked at.
    Begun,
    /// For standard output.
    Out,
    /// For standard error.
    Err,
    /// The exit status: the end.
    Status,
    /// The request was not understood: the end.
    Unknown,
}

impl Kind {
    const ALL: [Kind; 5] = [Kind::Begun, Kind::Out, Kind::Err, Kind::Status, Kind::Unknown];
}

/// Sends a request.
pub fn write_request(mut stream: &UnixStream, writes: bool, words: &[u8]) -> io::Result<()> {
    let mut whole = vec![u8::from(writes)];
    whole.extend(length_of(words)?.to_le_bytes());
    whole.extend(words);
    stream.write_all(&whole)
}

/// Receives a request: whether it writes, and its words. Who sends it drop by drop is not waited for.
pub fn read_request(stream: &UnixStream) -> io::Result<(bool, Vec<u8>)> {
    let until = Instant::now() + WHOLE;
    let mut head = [0; 5];
    read_until(stream, &mut head, until)?;
    let [writes, length @ ..] = head;
    let length = u32::from_le_bytes(length);
    if length > LONGEST_REQUEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut words = vec![0; length as usize];
    read_until(stream, &mut words, until)?;
    Ok((writes != 0, words))
}

fn read_until(mut stream: &UnixStream, into: &mut [u8], until: Instant) -> io::Result<()> {
    let mut filled = 0;
    while let Some(rest) = into.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        if Instant::now() > until {
            return Err(io::ErrorKind::TimedOut.into());
        }
        match stream.read(rest)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => filled += read,
        }
    }
    Ok(())
}

/// Sends a part of an answer; an empty one only where it is the end.
pub fn write_part(mut stream: &UnixStream, kind: Kind, bytes: &[u8]) -> io::Result<()> {
    if bytes.is_empty() && matches!(kind, Kind::Out | Kind::Err) {
        return Ok(());
    }
    let mut head = vec![kind as u8];
    head.extend(length_of(bytes)?.to_le_bytes());
    stream.write_all(&head)?;
    stream.write_all(bytes)
}

fn length_of(bytes: &[u8]) -> io::Result<u32> {
    u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// A writer whose bytes go out as parts of one kind.
pub struct Part<'a> {
    /// Where to.
    pub stream: &'a UnixStream,
    /// As what.
    pub kind: Kind,
}

impl Write for Part<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        write_part(self.stream, self.kind, bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The parts of an answer as they arrive.
pub struct Parts<R>(pub R);

impl<R: Read> Parts<R> {
    /// The next part.
    pub fn next(&mut self) -> io::Result<(Kind, Vec<u8>)> {
        let mut head = [0; 5];
        self.0.read_exact(&mut head)?;
        let [kind, length @ ..] = head;
        let length = u32::from_le_bytes(length);
        let kind = Kind::ALL.get(usize::from(kind)).copied().filter(|_| length <= LONGEST_PART);
        let kind = kind.ok_or(io::ErrorKind::InvalidData)?;
        let mut bytes = vec![0; length as usize];
        self.0.read_exact(&mut bytes)?;
        Ok((kind, bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Part, Parts, read_request, write_part, write_request};
    use std::io::Write;
    use std::os::unix::net::UnixStream;

    #[test]
    fn a_request_arrives_as_it_was_sent() {
        let (near, far) = UnixStream::pair().unwrap();
        write_request(&near, true, "电话".as_bytes()).unwrap();
        assert_eq!(read_request(&far).unwrap(), (true, "电话".as_bytes().to_vec()));
    }

    #[test]
    fn a_request_broken_off_and_one_too_long_are_errors() {
        let (mut near, far) = UnixStream::pair().unwrap();
        near.write_all(&[0, 9, 0, 0, 0, b'x']).unwrap();
        drop(near);
        assert!(read_request(&far).is_err());
        let (mut near, far) = UnixStream::pair().unwrap();
        near.write_all(&[0, 255, 255, 255, 255]).unwrap();
        assert!(read_request(&far).is_err());
    }

    #[test]
    fn an_answer_comes_in_parts_and_empty_ones_are_not_sent() {
        let (near, far) = UnixStream::pair().unwrap();
        Part { stream: &near, kind: Kind::Err }.write_all(b"note").unwrap();
        write_part(&near, Kind::Out, b"").unwrap();
        write_part(&near, Kind::Status, &[3]).unwrap();
        drop(near);
        let mut parts = Parts(far);
        assert_eq!(parts.next().unwrap(), (Kind::Err, b"note".to_vec()));
        assert_eq!(parts.next().unwrap(), (Kind::Status, vec![3]));
        assert!(parts.next().is_err());
    }
}
