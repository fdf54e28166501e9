namespace SkillMeat.Upstream.Tokens;

/// <summary>A credential, and what its host said of it. Only the first word counts.</summary>
/// <remarks>Safe for use from many threads.</remarks>
internal sealed class KnownCredential(HostCredential credential)
{
    private int _verdict;

    public HostCredential Credential { get; } = credential;

    public CredentialVerdict Verdict => (CredentialVerdict)Volatile.Read(ref _verdict);

    /// <summary>Takes note of what the host said.</summary>
    /// <returns>Whether nothing had been said before.</returns>
    public bool Decide(CredentialVerdict verdict) => Interlocked.CompareExchange(ref _verdict, (int)verdict, (int)CredentialVerdict.Untried) == (int)CredentialVerdict.Untried;
}
