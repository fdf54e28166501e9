using SkillMeat.Errors;

namespace SkillMeat.Upstream.Tokens;

/// <summary>
/// Finds the token for the configured GitHub server. The sources are, in order: the caller's parameter, <c>SKILLMEAT_GITHUB_TOKEN</c>,
/// <c>GITHUB_TOKEN</c>, <c>GH_TOKEN</c>, <c>settings.github-token</c> and <c>gh auth token</c>. The first one that is not blank wins.
/// </summary>
/// <remarks>Thread-safe. The search runs once for each instance.</remarks>
internal sealed class TokenChain : IDisposable
{
    /// <summary>The environment variables that can hold the token.</summary>
    public static readonly string[] Variables = ["SKILLMEAT_GITHUB_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"];

    private readonly GitHubHosts _hosts;
    private readonly GitHubToken? _given;
    private readonly Func<string, string?> _environment;
    private readonly Func<GitHubToken?> _setting;
    private readonly GhCommand _gh;
    private readonly SemaphoreSlim _turn = new(1);
    private GitHubToken? _found;
    private bool _searched;

    /// <summary>Creates a chain without searching for a token yet.</summary>
    /// <param name="hosts">The configured GitHub server.</param>
    /// <param name="given">The token of the parameter or option; null if there was none.</param>
    /// <param name="environment">Reads an environment variable, including <c>PATH</c>.</param>
    /// <param name="setting">Reads <c>settings.github-token</c>; called only if no earlier source has a token.</param>
    /// <param name="run">Runs <c>gh</c>.</param>
    /// <param name="time">The clock for the timeout of <c>gh</c>.</param>
    /// <param name="verbose">Called with a one-line message when there is no token.</param>
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

    /// <summary>Returns the token, or null if no source has one.</summary>
    /// <exception cref="SkillMeatException">
    /// With <see cref="ErrorIds.InvalidArgument"/> if a source holds text that cannot be a token. The message names the source.
    /// </exception>
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
