namespace SkillMeat.Upstream.Diagnosis;

/// <summary>A host with artifacts, and repositories to test it with.</summary>
/// <param name="Server">Its address.</param>
/// <param name="Repositories">Some of its repositories; empty if the collections do not use the configured GitHub server.</param>
internal sealed record ExaminedHost(Uri Server, IReadOnlyList<RepositoryAddress> Repositories)
{
    public string Name => Server.Authority;
}
