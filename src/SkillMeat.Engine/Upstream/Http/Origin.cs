namespace SkillMeat.Upstream.Http;

/// <summary>Compares and displays the origin of an address: scheme, host and port, which a token is bound to.</summary>
internal static class Origin
{
    /// <summary>Whether two addresses have the same scheme, host and port.</summary>
    public static bool AreSame(Uri a, Uri b) =>
        a.Port == b.Port
        && string.Equals(a.Scheme, b.Scheme, StringComparison.OrdinalIgnoreCase)
        && string.Equals(a.IdnHost, b.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether requests to an address cannot be intercepted: it uses https or is on this machine.</summary>
    public static bool IsPrivate(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);

    /// <summary>Returns an address for messages, without user info, query and fragment, which may contain secrets.</summary>
    public static string Show(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
