using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Git.Wire;

/// <summary>
/// Sends git requests. The implementation decides on retries (<see cref="GitProtocolException"/> shows whether one may help), tokens and redirects.
/// </summary>
internal interface IGitTransport
{
    /// <summary>The limits of what a server may send.</summary>
    UpstreamLimits Limits { get; }

    /// <summary>Sends a request and reads its answer as a stream.</summary>
    Task<T> SendAsync<T>(GitRequest request, ReadGitAnswer<T> readAsync, CancellationToken cancellationToken);
}
