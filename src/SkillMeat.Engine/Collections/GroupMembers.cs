using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>Reads and edits the members of a manifest's groups, which are written as <c>type:name</c>.</summary>
internal static class GroupMembers
{
    /// <summary>Removes artifacts from every group, whatever the spelling of their types. Other groups stay byte for byte as they are.</summary>
    public static void Remove(TomlTable root, IReadOnlySet<ArtifactId> ids)
    {
        if (root.Find("groups")?.TableArray is not { } groups)
        {
            return;
        }

        foreach (var group in groups.Where(g => g.Find("members") is { Kind: TomlValueKind.Array }))
        {
            var members = group.Find("members")!.AsArray();
            var others = members.Where(m => IdOf(m) is not { } id || !ids.Contains(id)).ToList();
            if (others.Count < members.Count)
            {
                group.Set("members", TomlValue.Of(others));
            }
        }
    }

    /// <summary>Finds a member by its name or id, ignoring case unless two members differ in case alone. A member that is listed twice is found twice.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>: no member matches, or several that are not the same.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> members, string wanted, string? group, string collection)
    {
        var found = Among(members, wanted, StringComparison.Ordinal);
        if (found.Count == 0) found = Among(members, wanted, StringComparison.OrdinalIgnoreCase);
        if (found.Select(TextOf).Distinct(StringComparer.Ordinal).Count() > 1)
            throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"'{wanted}' is ambiguous in group '{group}': it can be {string.Join(" or ", found)}. Use one of these ids.");
        if (found.Count > 0) return found;
        var names = members.Select(member => wanted.Contains(':', StringComparison.Ordinal) ? member : NameIn(member));
        var near = NearestName.Find(wanted, names);
        throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"Group '{group}' of collection '{collection}' has no member '{wanted}'.{(near is null ? "" : $" Did you mean '{near}'?")}") { Nearest = near };
    }

    /// <summary>The id of a member in its usual spelling, or the member itself if it is not an id.</summary>
    public static string TextOf(string member) => IdOf(member)?.ToString() ?? member;

    /// <summary>The name of the artifact that a member names.</summary>
    public static string NameIn(string member) => IdOf(member)?.Name ?? member;

    private static List<string> Among(IReadOnlyList<string> members, string wanted, StringComparison comparison) => members.Where(member =>
        member.Equals(wanted, comparison) || NameIn(member).Equals(wanted, comparison) || (IdOf(wanted) is { } id && TextOf(member).Equals(id.ToString(), comparison))).ToList();

    private static ArtifactId? IdOf(TomlValue member) => member.Kind == TomlValueKind.String ? IdOf(member.AsString()) : null;

    /// <summary>Returns the artifact that a member names, or null if it is not an id.</summary>
    public static ArtifactId? IdOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && ArtifactType.TryParse(text[..colon], out var type) ? new ArtifactId(type, text[(colon + 1)..].TrimStart(':')) : null;
    }
}
