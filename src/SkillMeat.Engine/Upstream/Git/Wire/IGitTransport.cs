namespace SkillMeat.Upstream.Git.Wire;

/// <summary>Carries git's requests. Whoever implements it decides on retries (a <see cref="GitProtocolException"/> says whether one may help), tokens and redirects.</summary>
internal interface IGitTransport
{
    /// <summary>Sends a request and has its answer read while it streams in.</summary>
    Task<T> SendAsync<T>(GitRequest request, ReadGitAnswer<T> readAsync, CancellationToken cancellationToken);
}
