using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>Edits the members of a manifest's groups, which are written as <c>type:name</c>.</summary>
internal static class GroupMembers
{
    /// <summary>Removes an artifact from every group, whatever the spelling of its type. Other groups stay byte for byte as they are.</summary>
    public static void Remove(TomlTable root, ArtifactId id)
    {
        if (root.Find("groups")?.TableArray is not { } groups)
        {
            return;
        }

        foreach (var group in groups.Where(g => g.Find("members") is { Kind: TomlValueKind.Array }))
        {
            var members = group.Find("members")!.AsArray();
            var others = members.Where(m => !Names(m, id)).ToList();
            if (others.Count < members.Count)
            {
                group.Set("members", TomlValue.Of(others));
            }
        }
    }

    private static bool Names(TomlValue member, ArtifactId id)
    {
        if (member.Kind != TomlValueKind.String)
        {
            return false;
        }

        var text = member.AsString();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && ArtifactType.TryParse(text[..colon], out var type) && type == id.Type && text[(colon + 1)..].TrimStart(':') == id.Name;
    }
}
