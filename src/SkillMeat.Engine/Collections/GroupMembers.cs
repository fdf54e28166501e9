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

    private static ArtifactId? IdOf(TomlValue member) => member.Kind == TomlValueKind.String ? IdOf(member.AsString()) : null;

    /// <summary>Returns the artifact that a member names, or null if it is not an id.</summary>
    public static ArtifactId? IdOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && ArtifactType.TryParse(text[..colon], out var type) ? new ArtifactId(type, text[(colon + 1)..].TrimStart(':')) : null;
    }
}
