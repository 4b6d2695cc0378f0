//! The funnel: how far deals came, where they were lost and how long they stayed (definitions: Funnel).

pub mod bottleneck;
pub mod fact;
pub mod figures;
pub mod forecast;
pub mod ladder;
pub mod movement;
pub mod period;
pub mod spread;
pub mod watch;

#[cfg(test)]
mod tests;
