/** What a client needs of the protocol. What the daemons share is not for others. */
module io.sluice.protocol {
    requires static aircompressor;

    exports io.sluice.protocol;
    exports io.sluice.protocol.stream;
}
