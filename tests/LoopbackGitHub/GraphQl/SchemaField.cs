namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A field of a type.</summary>
internal sealed record SchemaField(string Name, GraphQlType Type, IReadOnlyList<SchemaArgument> Arguments)
{
    /// <summary>Whether it is one of GitHub's paged lists.</summary>
    public bool IsConnection => Type.NamedType.EndsWith("Connection", StringComparison.Ordinal);

    public SchemaArgument? Find(string argument)
    {
        foreach (var candidate in Arguments)
        {
            if (candidate.Name == argument)
            {
                return candidate;
            }
        }

        return null;
    }
}
