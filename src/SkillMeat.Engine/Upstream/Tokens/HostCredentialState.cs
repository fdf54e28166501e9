namespace SkillMeat.Upstream.Tokens;

/// <summary>git's answer about one host.</summary>
/// <remarks>Safe for use from many threads.</remarks>
internal sealed class HostCredentialState
{
    private readonly object _sync = new();
    private readonly Dictionary<string, KnownCredential?> _ofPaths = new(StringComparer.Ordinal);
    private KnownCredential? _ofHost;
    private bool _isSettled;

    /// <summary>Held while git is asked, so that many requests that meet a 401 together ask once.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Whether git may know more: it was not asked yet, or tells the host's paths apart.</summary>
    public bool MayAsk(string? path)
    {
        lock (_sync) return !_isSettled && !_ofPaths.ContainsKey(path ?? "");
    }

    /// <summary>Takes note of git's answer about a path.</summary>
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

    /// <summary>The credential for a path; null when there is none.</summary>
    public KnownCredential? Find(string? path)
    {
        lock (_sync) return _ofPaths.GetValueOrDefault(path ?? "") ?? _ofHost;
    }
}
