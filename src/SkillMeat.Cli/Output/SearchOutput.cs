using System.Globalization;
using SkillMeat.Cache.Search;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the result of a search.</summary>
internal static class SearchOutput
{
    public static void Write(CommandRun run, ArtifactSearchResult found, int offset)
    {
        foreach (var problem in found.Problems) run.Warn(problem);
        foreach (var hint in found.Hints) run.Warn(hint);
        if (run.IsJson)
        {
            run.WriteJson(SearchJson.Of(found));
            return;
        }

        run.Tables().Write(
            ["Artifact", new("Collection", 2), new("Tags", 1), new("Text") { IsMarked = true }],
            found.Items.Select(one => new[] { one.ArtifactId, one.Collection, string.Join(", ", one.Tags), one.Snippet }));
        run.Say(Describe(found, offset));
    }

    private static string Describe(ArtifactSearchResult found, int offset)
    {
        if (found.Total == 0) return "No artifact was found.";
        var count = found.Items.Count == found.Total ? $"{Number(found.Total)} found." : found.Items.Count == 0 ? $"{Number(found.Total)} found, none of them on this page."
            : $"{Number(found.Total)} found, {Number(offset + 1)} to {Number(offset + found.Items.Count)} shown.";
        return found.Match switch
        {
            SearchMatch.Prefix => $"{count} None has exactly these words; these have words that begin with them.",
            SearchMatch.Similar => $"{count} None has these words; these have similar ones.",
            _ => count,
        };
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
