namespace SkillMeat.Upstream.Http;

/// <summary>Finds the proxy that .NET uses, according to the environment or the system.</summary>
/// <param name="handler">The handler that sends requests; null for the default one.</param>
internal sealed class ProxyInUse(HttpMessageHandler? handler)
{
    /// <summary>Returns the proxy for an address, without its user name and password; null if there is none.</summary>
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
