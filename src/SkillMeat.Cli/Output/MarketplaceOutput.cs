using System.Globalization;
using SkillMeat.Browsing;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes marketplaces and what they offer.</summary>
internal static class MarketplaceOutput
{
    public static void Write(CommandRun run, IReadOnlyList<Marketplace> marketplaces)
    {
        if (run.IsJson)
        {
            run.WriteJson(marketplaces.Select(MarketplaceJson.Of));
            return;
        }

        if (marketplaces.Count == 0)
        {
            run.Say("There are no marketplaces. 'skm marketplace add' registers one.");
            return;
        }

        run.Tables().Write(
            ["Name", "Source", new("Plugins", 2), new("Artifacts", 1), new("State", 1)],
            marketplaces.Select(one => new[] { one.Name, one.Source, Number(one.Plugins), Number(one.Artifacts), StateOf(one) }));
        foreach (var one in marketplaces.Where(one => one.PluginProblems.Count > 0)) run.Say($"{one.Name}: {Plugins(one.PluginProblems.Count)} cannot be listed, such as {one.PluginProblems[0]}");
    }

    public static void Write(CommandRun run, IReadOnlyList<MarketplaceResult> results)
    {
        if (run.IsJson)
        {
            run.WriteJson(results.Select(MarketplaceResultJson.Of));
            return;
        }

        foreach (var one in results.Where(one => one.Status != MarketplaceStatus.Error))
        {
            var what = one.Plugins is { } plugins ? $", {Plugins(plugins)} with {Count(one.Artifacts ?? 0, "artifact")}" : "";
            run.Say($"{one.Name}: {EnumName.InWords(one.Status)}{what}.{(one.Reason is null ? "" : $" {one.Reason}")}");
            if (one.PluginProblems.Count > 0) run.Say($"  {Plugins(one.PluginProblems.Count)} cannot be listed, such as {one.PluginProblems[0]}");
        }
    }

    public static void Write(CommandRun run, IReadOnlyList<MarketplaceArtifact> found, int total)
    {
        if (run.IsJson)
        {
            run.WriteJson(found.Select(MarketplaceArtifactJson.Of));
            return;
        }

        if (found.Count > 0)
        {
            run.Tables().Write(
                ["Artifact", "State", new("Version", 2), new("Plugin", 1), new("Marketplace", 1), "Description"],
                found.Select(one => new[]
                {
                    one.ArtifactId ?? $"({one.Name})", one.State is { } state ? EnumName.Of(state) : "", VersionOf(one), one.Plugin ?? "", one.Marketplace, one.Problem ?? ShortTexts.Value(one.Description ?? ""),
                }));
        }

        run.Say(total == 0 ? "No artifact was found." : found.Count < total ? $"{total} found, {found.Count} of them shown." : $"{total} found.");
    }

    /// <summary>Describes why the list of a marketplace may be out of date, or returns null.</summary>
    public static string? WarningOf(Marketplace one) => one.Problem is not { } problem ? null
        : one.UpdatedAt is { } time ? $"The list of marketplace '{one.Name}' is from {ShortTexts.Time(time)}: {problem}" : $"Marketplace '{one.Name}' has no list: {problem}";

    private static string VersionOf(MarketplaceArtifact one) =>
        one.State == UpstreamArtifactState.Behind && one.CollectionVersion is { } own && one.Version is { } version && own != version ? $"{own} -> {version}" : one.Version ?? "";

    private static string StateOf(Marketplace one)
    {
        var age = one.UpdatedAt is { } time ? $"updated {ShortTexts.Time(time)}" : "not fetched";
        return one.Problem is { } problem ? $"{age}: {problem}" : one.IsStale && one.UpdatedAt is not null ? $"{age}, stale" : age;
    }

    private static string Plugins(int count) => Count(count, "plugin");

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
