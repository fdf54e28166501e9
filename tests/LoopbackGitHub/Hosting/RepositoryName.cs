namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Owner and name, compared as GitHub does: without regard to case.</summary>
internal sealed record RepositoryName(string Owner, string Name)
{
    /// <summary>Reads <c>owner/name</c>.</summary>
    public static RepositoryName Parse(string text) =>
        text.Split('/') is [{ Length: > 0 } owner, { Length: > 0 } name]
            ? new RepositoryName(owner, name)
            : throw new ArgumentException($"'{text}' is not owner/name.", nameof(text));

    public bool Equals(RepositoryName? other) =>
        other is not null
        && string.Equals(Owner, other.Owner, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() =>
        HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(Owner), StringComparer.OrdinalIgnoreCase.GetHashCode(Name));

    public override string ToString() => $"{Owner}/{Name}";
}
