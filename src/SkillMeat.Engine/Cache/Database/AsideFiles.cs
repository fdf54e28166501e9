using System.Globalization;

namespace SkillMeat.Cache.Database;

/// <summary>The copies of damaged files, beside the database. The newest are kept for a while, so that somebody can look at them.</summary>
/// <param name="database">The full path of the database.</param>
internal sealed class AsideFiles(string database)
{
    /// <summary>The largest number of copies.</summary>
    public const int Most = 3;

    private const string Mark = ".damaged-";
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    private static readonly TimeSpan _oldest = TimeSpan.FromDays(30);

    /// <summary>Returns the path of a new copy.</summary>
    /// <param name="now">The current time.</param>
    public string NameAt(DateTimeOffset now)
    {
        while (true)
        {
            var name = $"{database}{Mark}{now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}";
            if (!Path.Exists(name)) return name;
            now += TimeSpan.FromMilliseconds(1);
        }
    }

    /// <summary>Deletes all but the newest copies, and those that are older than 30 days.</summary>
    /// <param name="now">The current time.</param>
    public void Prune(DateTimeOffset now)
    {
        try
        {
            var known = Directory.GetFiles(Path.GetDirectoryName(database)!, $"{Path.GetFileName(database)}{Mark}*")
                .Select(path => (Path: path, Time: TimeOf(path))).Where(one => one.Time is not null).OrderByDescending(one => one.Time).ToList();
            foreach (var (path, time) in known.Where((one, i) => i >= Most || now - one.Time > _oldest)) File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next one deletes them.
        }
    }

    // A file with another ending is somebody else's.
    private DateTimeOffset? TimeOf(string path) =>
        path.StartsWith(database + Mark, StringComparison.Ordinal)
        && DateTimeOffset.TryParseExact(path.AsSpan(database.Length + Mark.Length), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
