namespace SkillMeat.Upstream.Http;

/// <summary>Scheme, host and port of an address: what a token is bound to.</summary>
internal static class Origin
{
    /// <summary>Whether both have the same scheme, host and port.</summary>
    public static bool AreSame(Uri a, Uri b) =>
        a.Port == b.Port
        && string.Equals(a.Scheme, b.Scheme, StringComparison.OrdinalIgnoreCase)
        && string.Equals(a.IdnHost, b.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether what is sent there can't be read on the way: https, or this very machine.</summary>
    public static bool IsPrivate(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);

    /// <summary>The address as messages may show it: without user info, query and fragment, which can hold secrets.</summary>
    public static string Show(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
