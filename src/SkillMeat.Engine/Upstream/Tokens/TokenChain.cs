using SkillMeat.Errors;

namespace SkillMeat.Upstream.Tokens;

/// <summary>
/// Finds the token for the configured GitHub: what the caller was given, <c>SKILLMEAT_GITHUB_TOKEN</c>, <c>GITHUB_TOKEN</c>, <c>GH_TOKEN</c>,
/// <c>settings.github-token</c>, <c>gh auth token</c>. The first that is not blank wins.
/// </summary>
/// <remarks>Safe for use from many threads. The answer is found once per instance.</remarks>
internal sealed class TokenChain : IDisposable
{
    private static readonly string[] Variables = ["SKILLMEAT_GITHUB_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"];

    private readonly GitHubHosts _hosts;
    private readonly GitHubToken? _given;
    private readonly Func<string, string?> _environment;
    private readonly Func<GitHubToken?> _setting;
    private readonly GhCommand _gh;
    private readonly SemaphoreSlim _turn = new(1);
    private GitHubToken? _found;
    private bool _searched;

    /// <summary>Makes a chain; nothing is asked yet.</summary>
    /// <param name="hosts">The configured GitHub.</param>
    /// <param name="given">The parameter's or option's token; null when there was none.</param>
    /// <param name="environment">Reads an environment variable, <c>PATH</c> too.</param>
    /// <param name="setting">Reads <c>settings.github-token</c>; called only when nothing before it has a token.</param>
    /// <param name="run">Starts <c>gh</c>.</param>
    /// <param name="time">Ends a silent <c>gh</c>.</param>
    /// <param name="verbose">Told why there is no token, on one line.</param>
    public TokenChain(
        GitHubHosts hosts,
        GitHubToken? given,
        Func<string, string?> environment,
        Func<GitHubToken?> setting,
        RunProcess run,
        TimeProvider time,
        Action<string>? verbose = null)
    {
        _hosts = hosts;
        _given = given;
        _environment = environment;
        _setting = setting;
        _gh = new GhCommand(environment, run, time, verbose ?? (_ => { }));
    }

    /// <summary>The token; null when there is none anywhere.</summary>
    /// <exception cref="SkillMeatException">With <see cref="ErrorIds.InvalidArgument"/>: what a source holds can't be a token; names the source.</exception>
    public async Task<GitHubToken?> FindAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_searched)
            {
                _found = _given ?? FromEnvironment() ?? _setting() ?? await _gh.FindTokenAsync(_hosts.Server.IdnHost, cancellationToken).ConfigureAwait(false);
                _searched = true;
            }
            return _found;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private GitHubToken? FromEnvironment()
    {
        foreach (string variable in Variables)
        {
            if (GitHubToken.From(_environment(variable), variable) is { } token) return token;
        }
        return null;
    }
}
