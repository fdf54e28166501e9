namespace SkillMeat.Upstream.Tokens;

/// <summary>The credentials of one host, as far as git has been asked for them.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class HostCredentialState
{
    private readonly object _sync = new();
    private readonly Dictionary<string, KnownCredential?> _ofPaths = new(StringComparer.Ordinal);
    private KnownCredential? _ofHost;
    private bool _isSettled;

    /// <summary>The semaphore that is held while git is asked, so that concurrent requests that get a 401 ask it only once.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Whether git may have a credential for the path: it has not been asked yet, or it distinguishes the host's paths.</summary>
    public bool MayAsk(string? path)
    {
        lock (_sync) return !_isSettled && !_ofPaths.ContainsKey(path ?? "");
    }

    /// <summary>Stores git's answer about a path.</summary>
    public void Add(HostCredential? filled, string? path)
    {
        lock (_sync)
        {
            if (filled?.Path is not null)
            {
                _ofPaths[path ?? ""] = new KnownCredential(filled);
                return;
            }
            _isSettled = true;
            _ofHost = filled is null ? null : new KnownCredential(filled);
        }
    }

    /// <summary>Returns the credential for a path, or null if there is none.</summary>
    public KnownCredential? Find(string? path)
    {
        lock (_sync) return _ofPaths.GetValueOrDefault(path ?? "") ?? _ofHost;
    }
}
