namespace SkillMeat.Upstream.Diagnosis;

/// <summary>A host that artifacts come from, and the repositories there.</summary>
/// <param name="Server">Its address.</param>
/// <param name="Repositories">Some of the repositories; none where a configured GitHub is not used yet.</param>
internal sealed record ExaminedHost(Uri Server, IReadOnlyList<RepositoryAddress> Repositories)
{
    public string Name => Server.Authority;
}
