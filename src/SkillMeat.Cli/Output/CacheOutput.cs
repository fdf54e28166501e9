using System.Globalization;
using SkillMeat.Cache;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the status of the cache.</summary>
internal static class CacheOutput
{
    public static void Write(CommandRun run, CacheStatus status)
    {
        if (run.IsJson)
        {
            run.WriteJson(CacheStatusJson.Of(status));
            return;
        }

        var rows = new (string Label, string? Text)[]
        {
            ("Path", status.Path ?? "none"),
            ("State", EnumName.InWords(status.State)),
            ("Problem", status.Problem),
            ("Size", string.Create(CultureInfo.InvariantCulture, $"{status.SizeBytes / 1024.0:0} KB")),
            ("Created", TimeOf(status.Created)),
            ("Schema", status.SchemaVersion.ToString(CultureInfo.InvariantCulture)),
            ("Artifacts", status.Artifacts.ToString(CultureInfo.InvariantCulture)),
            ("Hits", string.Create(CultureInfo.InvariantCulture, $"{status.Hits} of {status.Hits + status.Misses}{(status.HitRate is { } rate ? $" ({rate * 100:0} %)" : "")}")),
            ("Last refresh", TimeOf(status.LastRefresh)),
        };
        run.Tables().Write(["Cache", ""], rows.Where(row => row.Text is not null).Select(row => new[] { row.Label, row.Text! }));
    }

    private static string? TimeOf(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
