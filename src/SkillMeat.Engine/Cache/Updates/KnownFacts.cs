using System.Globalization;
using System.Text;
using SkillMeat.Upstream;

namespace SkillMeat.Cache.Updates;

/// <summary>The facts about commits that upstream told before. They never change; an empty one says that there is nothing to know, and is looked into again after a while.</summary>
internal sealed class KnownFacts(HomeCache cache)
{
    private const string CommitKind = "commit-count";
    private const string VersionKind = "upstream-version";

    private static readonly TimeSpan _kept = TimeSpan.FromDays(30);

    /// <summary>Returns the key of a question about commits.</summary>
    public static string KeyOf(CommitQuestion question) => $"{question.Older} {question.Newer} {question.Repository.Address}";

    /// <summary>Returns the key of a question about a file.</summary>
    public static string KeyOf(FileQuestion question) => $"{question.Commit} {string.Join('\n', question.Paths)}\n{question.Repository.Address}";

    /// <summary>Returns a known answer, or null.</summary>
    public CommitAnswer? FindCommits(CommitQuestion question) => Find(CommitKind, KeyOf(question)) switch
    {
        null => null,
        "" => CommitAnswer.Unknowable,
        var text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? new CommitAnswer(count, IsFinal: true) : null,
    };

    /// <summary>Returns a known version, an empty text if the file says none, or null if that is not known.</summary>
    public string? FindVersion(FileQuestion question) => Find(VersionKind, KeyOf(question));

    /// <summary>Keeps answers.</summary>
    public void KeepCommits(IEnumerable<(CommitQuestion Question, CommitAnswer Answer)> answers) =>
        Keep(CommitKind, answers.Select(one => (KeyOf(one.Question), one.Answer.Count?.ToString(CultureInfo.InvariantCulture) ?? "")));

    /// <summary>Keeps versions.</summary>
    public void KeepVersions(IEnumerable<(FileQuestion Question, string Version)> versions) => Keep(VersionKind, versions.Select(one => (KeyOf(one.Question), one.Version)));

    private string? Find(string kind, string key) =>
        cache.Entries.Find(kind, key) is { } entry && !entry.IsExpiredAt(cache.Store.Time.GetUtcNow()) ? Encoding.UTF8.GetString(entry.Value) : null;

    private void Keep(string kind, IEnumerable<(string Key, string Value)> facts) => cache.Entries.Set(kind, [.. facts.Select(fact => (fact.Key, Encoding.UTF8.GetBytes(fact.Value)))], _kept);
}
