namespace SkillMeat.Upstream.Http;

/// <summary>Which proxy requests go through, as .NET takes it from the environment or the system.</summary>
/// <param name="handler">The innermost handler; null for our own.</param>
internal sealed class ProxyInUse(HttpMessageHandler? handler)
{
    /// <summary>The proxy for an address, without its user and password; null when there is none.</summary>
    public Uri? Find(Uri uri)
    {
        var proxy = handler switch
        {
            null => HttpClient.DefaultProxy,
            SocketsHttpHandler { UseProxy: true } own => own.Proxy ?? HttpClient.DefaultProxy,
            _ => null,
        };
        if (proxy is null || proxy.IsBypassed(uri) || proxy.GetProxy(uri) is not { } address || address == uri) return null;
        return new Uri(address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
    }
}
