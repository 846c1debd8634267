//! Where this server may send a push: a browser hands in any address it likes, and nobody may use that to reach what stands beside the
//! server.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::http::Uri;

/// The longest address that is taken.
const LONGEST: usize = 1_000;

/// The address of a push service that may be sent to.
#[derive(Debug, Clone)]
pub struct Address {
    uri: Uri,
}

impl Address {
    /// The address, if it is HTTPS to a public host at its usual port. `anywhere` lifts that, for tests on one machine.
    #[must_use]
    pub fn parse(text: &str, anywhere: bool) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let uri: Uri = text.parse().ok()?;
        let host = uri.host()?;
        // With a name and password in it, what is sent to whom could be mistaken.
        if uri.authority()?.as_str().contains('@') || host.is_empty() {
            return None;
        }
        let literal: Option<IpAddr> = host.trim_start_matches('[').trim_end_matches(']').parse().ok();
        let is_web = uri.scheme_str() == Some("https") && matches!(uri.port_u16(), None | Some(443));
        let is_outside = literal.is_none_or(is_public) && (literal.is_some() || host.contains('.'));
        let fits = anywhere && matches!(uri.scheme_str(), Some("http" | "https")) || is_web && is_outside;
        fits.then_some(Self { uri })
    }

    /// The address itself.
    #[must_use]
    pub const fn uri(&self) -> &Uri {
        &self.uri
    }

    /// For whom a signature is: scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> String {
        let authority = self.uri.authority().map(ToString::to_string).unwrap_or_default();
        format!("{}://{authority}", self.uri.scheme_str().unwrap_or("https"))
    }
}

/// Whether an address is on the internet for everybody. What a name leads to is asked again at each connection.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let protocols = a == 192 && b == 0 && c == 0;
    let measured = a == 198 && (18..20).contains(&b);
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || a == 0
        || a >= 224
        || shared
        || protocols
        || measured)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let [.., high, low] = address.segments();
    let within = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        // An IPv4 address in another coat: mapped, translated, or 6to4.
        [0, 0, 0, 0, 0, 0xffff, _, _] | [0x64, 0xff9b, 0, 0, 0, 0, _, _] => within(high, low),
        [0x2002, high, low, ..] => within(high, low),
        // Only what is given out for the internet, without documentation and tunnels.
        _ => first & 0xe000 == 0x2000 && !(first == 0x2001 && (second == 0xdb8 || second < 0x200)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(text: &str) -> bool {
        Address::parse(text, false).is_some()
    }

    #[test]
    fn only_https_to_a_public_host_at_its_usual_port_is_sent_to() {
        assert!(fits("https://fcm.googleapis.com/fcm/send/abc"));
        assert!(fits("https://updates.push.services.mozilla.com:443/wpush/v2/abc"));
        for no in [
            "http://fcm.googleapis.com/a",
            "https://fcm.googleapis.com:8443/a",
            "https://localhost/a",
            "https://database/a",
            "https://127.0.0.1/a",
            "https://10.0.0.7/a",
            "https://169.254.169.254/latest",
            "https://[::1]/a",
            "https://[::ffff:10.0.0.1]/a",
            "https://sem@push.example.org/a",
            "ftp://push.example.org/a",
            "/api/sync",
            "",
        ] {
            assert!(!fits(no), "{no}");
        }
        assert!(Address::parse("http://127.0.0.1:9/a", true).is_some(), "a test may");
    }

    #[test]
    fn an_address_of_ones_own_network_is_not_public_in_any_coat() {
        for inside in [
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "127.0.0.1",
            "0.0.0.0",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:192.168.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["142.250.179.138", "2a00:1450:400e:80c::200a", "2606:4700::1111"] {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn a_signature_names_scheme_host_and_port_alone() {
        let address = Address::parse("https://push.example.org/a/b?c", false).unwrap();
        assert_eq!(address.origin(), "https://push.example.org");
    }
}
