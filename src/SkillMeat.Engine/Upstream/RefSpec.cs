namespace SkillMeat.Upstream;

/// <summary>
/// The ref that an artifact follows. <c>latest</c> or nothing means the default branch; any other name is first looked up as a tag, then as a branch.
/// A name of 7 to 40 hex digits may also be a commit, but a tag or branch of that name takes precedence (see formats.md, source specs).
/// </summary>
internal readonly record struct RefSpec
{
    private RefSpec(string? name)
    {
        Name = name;
    }

    public static RefSpec Latest => default;

    /// <summary>The name of the tag, branch or commit; null for the default branch.</summary>
    public string? Name { get; }

    public bool IsLatest => Name is null;

    public bool MayBeCommit => Name is { Length: >= 7 and <= 40 } name && name.All(char.IsAsciiHexDigit);

    public bool IsFullCommit => MayBeCommit && Name!.Length == 40;

    public static RefSpec Parse(string? versionSpec) =>
        string.IsNullOrWhiteSpace(versionSpec) || versionSpec.Trim().Equals("latest", StringComparison.OrdinalIgnoreCase) ? Latest : new RefSpec(versionSpec.Trim());

    /// <summary>Whether both name one ref: the names are equal, or one is a commit and the other its abbreviation.</summary>
    public bool NamesSame(RefSpec other)
    {
        if (Equals(other)) return true;
        if (!MayBeCommit || !other.MayBeCommit || !(IsFullCommit || other.IsFullCommit)) return false;
        var (longer, shorter) = IsFullCommit ? (Name!, other.Name!) : (other.Name!, Name!);
        return longer.StartsWith(shorter, StringComparison.OrdinalIgnoreCase);
    }

    public override string ToString() => Name ?? "latest";
}
