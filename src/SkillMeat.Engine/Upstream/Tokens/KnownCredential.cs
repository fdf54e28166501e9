namespace SkillMeat.Upstream.Tokens;

/// <summary>A credential and the first verdict of its host. Later verdicts are ignored.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class KnownCredential(HostCredential credential)
{
    private int _verdict;

    public HostCredential Credential { get; } = credential;

    public CredentialVerdict Verdict => (CredentialVerdict)Volatile.Read(ref _verdict);

    /// <summary>Stores the verdict of the host.</summary>
    /// <returns>Whether this was the first verdict.</returns>
    public bool Decide(CredentialVerdict verdict) => Interlocked.CompareExchange(ref _verdict, (int)verdict, (int)CredentialVerdict.Untried) == (int)CredentialVerdict.Untried;
}
