//! Servers on this machine: free ports, and waiting until one answers.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::process::{Service, tail};

/// How many ports after the wanted one are tried.
const PORTS: u16 = 100;

/// An address on this machine only: a demo must not be open to the network it runs in.
fn local(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// The wanted port, or the next one that nobody uses and that is not in `taken`.
pub fn free_port(wanted: u16, taken: &[u16]) -> Result<u16> {
    (wanted..=wanted.saturating_add(PORTS))
        .find(|port| !taken.contains(port) && is_free(*port))
        .with_context(|| format!("no free port from {wanted} to {}", wanted.saturating_add(PORTS)))
}

fn is_free(port: u16) -> bool {
    // Asked as well as bound: macOS lets us bind what another program holds on all addresses.
    TcpListener::bind(local(port)).is_ok()
        && TcpStream::connect_timeout(&local(port), Duration::from_millis(200)).is_err()
}

/// Waits until a path of a server answers 200; fails when the server ends or is silent for too long.
pub fn wait_until_up(service: &Service, port: u16, path: &str, patience: Duration) -> Result<()> {
    let deadline = Instant::now() + patience;
    loop {
        if get(port, path).is_ok_and(|status| status == 200) {
            return Ok(());
        }
        if let Some(status) = service.ended()? {
            bail!("it ended with {status}:\n\n{}", tail(&service.output(), 40));
        }
        if Instant::now() > deadline {
            let output = tail(&service.output(), 40);
            bail!(
                "it did not answer within {} s:\n\n{output}\n\n{}",
                patience.as_secs(),
                service.log().display()
            );
        }
        sleep(Duration::from_millis(50));
    }
}

/// The status of `GET path`.
fn get(port: u16, path: &str) -> Result<u16> {
    let patience = Duration::from_secs(2);
    let mut stream = TcpStream::connect_timeout(&local(port), patience)?;
    stream.set_read_timeout(Some(patience))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    let mut head = [0; 64];
    let mut length = 0;
    while length < head.len() {
        match stream.read(&mut head[length..])? {
            0 => break,
            more => length += more,
        }
    }
    status(&String::from_utf8_lossy(&head[..length])).context("that is not HTTP")
}

/// `HTTP/1.1 200 OK` → 200.
fn status(head: &str) -> Option<u16> {
    head.strip_prefix("HTTP/1.")?.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_passed_over() {
        let holder = TcpListener::bind(local(0)).unwrap();
        let held = holder.local_addr().unwrap().port();
        let found = free_port(held, &[]).unwrap();
        assert!(found > held);
        assert!(free_port(held, &[found]).unwrap() > found);
    }

    #[test]
    fn a_servers_answer_is_told_from_noise() {
        assert_eq!(status("HTTP/1.1 200 OK\r\n"), Some(200));
        assert_eq!(status("HTTP/1.0 503 x"), Some(503));
        assert_eq!(status("SSH-2.0"), None);
        assert_eq!(status(""), None);
    }
}
