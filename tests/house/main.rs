//! Every test of the house but those of the real terminal, in one program: it is linked once.

mod cli;
mod crash;
mod desk;
mod doors;
mod exchange;
mod floors;
mod journal;
mod screens;
