using System.Globalization;
using SkillMeat.Collections;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes groups.</summary>
internal static class GroupOutput
{
    public static void Write(CommandRun run, IReadOnlyList<ArtifactGroup> groups)
    {
        if (run.IsJson)
        {
            run.WriteJson(groups.Select(GroupJson.Of));
        }
        else if (groups.Count > 0)
        {
            run.Tables().Write(
                ["Group", new("Members", 0), new("Color", 2), new("Icon", 4), new("Description", 3), new("Collection", 5)],
                groups.Select(one => new[] { one.Name ?? "", CountOf(one), one.Color ?? "", one.Icon ?? "", ShortTexts.Value(one.Description ?? ""), one.Collection }));
        }
    }

    /// <summary>Writes one group with its members.</summary>
    public static void Show(CommandRun run, ArtifactGroup group)
    {
        if (run.IsJson)
        {
            run.WriteJson(GroupJson.Of(group));
            return;
        }

        run.Tables().WriteDetails(
        [
            ("Name", group.Name ?? ""),
            ("Collection", group.Collection),
            ("Description", group.Description ?? ""),
            ("Color", group.Color ?? ""),
            ("Icon", group.Icon ?? ""),
            .. group.Members.Select((member, i) => (i == 0 ? "Members" : "", group.MissingMembers.Contains(member) ? $"{member} (missing)" : member)),
            .. group.OtherValues.Select(pair => (pair.Key, ShortTexts.Value(pair.Value))),
        ]);
    }

    private static string CountOf(ArtifactGroup group) => string.Create(CultureInfo.InvariantCulture, $"{group.MemberCount}{(group.MissingMembers.Count > 0 ? $" ({group.MissingMembers.Count} missing)" : "")}");
}
