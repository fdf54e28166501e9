namespace SkillMeat.Collections;

/// <summary>Removes user names and passwords from addresses, because either can be a token. They are neither shown nor stored.</summary>
internal static class AddressText
{
    private const string SchemeEnd = "://";

    /// <summary>Returns an address without its password, and without its user except for ssh, which needs the user.</summary>
    public static string WithoutCredentials(string address)
    {
        var scheme = address.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (scheme < 0) return address;
        var start = scheme + SchemeEnd.Length;
        var at = EndOfUser(address.AsSpan(start));
        if (at < 0) return address;
        var user = address.AsSpan(start, at);
        var colon = user.IndexOf(':');
        return address.StartsWith("ssh", StringComparison.OrdinalIgnoreCase)
            ? string.Concat(address.AsSpan(0, start), colon < 0 ? user : user[..colon], address.AsSpan(start + at))
            : string.Concat(address.AsSpan(0, start), address.AsSpan(start + at + 1));
    }

    // A password may itself contain '@' and, if it was not escaped, even '/'. A version follows a path and has no colon before it.
    private static int EndOfUser(ReadOnlySpan<char> rest)
    {
        var slash = rest.IndexOf('/');
        var host = slash < 0 ? rest : rest[..slash];
        if (host.LastIndexOf('@') is >= 0 and var at) return at;
        // The address of a host in brackets has colons of its own.
        var bracket = host.StartsWith("[") ? host.IndexOf(']') + 1 : 0;
        var colon = host[bracket..].IndexOf(':') is var found and >= 0 ? bracket + found : -1;
        return colon >= 0 && host[(colon + 1)..].ContainsAnyExceptInRange('0', '9') ? rest.LastIndexOf('@') : -1;
    }
}
