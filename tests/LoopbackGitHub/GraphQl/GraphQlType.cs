namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A type as written: a name or a list, perhaps with an exclamation mark.</summary>
internal sealed record GraphQlType(string? Name, GraphQlType? ItemType, bool NonNull)
{
    /// <summary>The name inside all lists.</summary>
    public string NamedType => Name ?? ItemType!.NamedType;

    /// <summary>Whether a variable of this type can be used where <paramref name="expected"/> is expected.</summary>
    public bool Fits(GraphQlType expected, bool hasDefault)
    {
        if (expected.NonNull && !NonNull && !hasDefault)
        {
            return false;
        }

        return expected.Name is not null
            ? Name == expected.Name
            : ItemType is not null && ItemType.Fits(expected.ItemType!, hasDefault: false);
    }

    public override string ToString() => (Name ?? $"[{ItemType}]") + (NonNull ? "!" : "");
}
