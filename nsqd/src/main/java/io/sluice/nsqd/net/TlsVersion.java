package io.sluice.nsqd.net;

import java.util.Arrays;
import java.util.List;

/** The versions of TLS, oldest first. */
public enum TlsVersion {
    /** 1.0, which JDKs do not speak unless they are told to. */
    TLS_1_0("TLSv1"),
    /** 1.1, likewise. */
    TLS_1_1("TLSv1.1"),
    /** 1.2. */
    TLS_1_2("TLSv1.2"),
    /** 1.3. */
    TLS_1_3("TLSv1.3");

    private final String jdkName;

    TlsVersion(String jdkName) {
        this.jdkName = jdkName;
    }

    /** Major and minor: 1.0. */
    public String number() {
        return name().substring("TLS_".length()).replace('_', '.');
    }

    /** This one and all newer ones, as the JDK calls them. */
    List<String> andNewer() {
        return Arrays.stream(values())
                .filter(v -> v.compareTo(this) >= 0)
                .map(v -> v.jdkName)
                .toList();
    }

    /** From the JDK's name to NSQ's. */
    static String shown(String jdkName) {
        for (TlsVersion version : values()) {
            if (version.jdkName.equals(jdkName)) return "TLS" + version.number();
        }
        return jdkName;
    }
}
