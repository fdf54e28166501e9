using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Merging;

/// <summary>
/// Finds the files of the base that a side has under another name: with the same content, or with at least half of it in common. If two files are equally similar, and the
/// file names do not decide, neither counts as renamed.
/// </summary>
internal static class RenameFinder
{
    // The number of pairs grows as the product. In a reorganisation this large, only files with equal contents count as renamed.
    private const int MostPairs = 250_000;
    private const long MostBytes = 16 * 1024 * 1024;

    /// <summary>Returns the new path of each renamed file by its path in the base.</summary>
    public static Dictionary<string, string> Find(
        IReadOnlyDictionary<string, TreeEntry> baseFiles, IReadOnlyDictionary<string, TreeEntry> side, Func<ObjectId, byte[]> read, CancellationToken cancellationToken)
    {
        var gone = baseFiles.Where(file => !side.ContainsKey(file.Key)).ToDictionary();
        var added = side.Where(file => !baseFiles.ContainsKey(file.Key)).ToDictionary();
        var renames = new Dictionary<string, string>(StringComparer.Ordinal);
        TakeEqual(gone, added, renames);
        TakeSimilar(gone, added, renames, read, cancellationToken);
        return renames;
    }

    private static void TakeEqual(Dictionary<string, TreeEntry> gone, Dictionary<string, TreeEntry> added, Dictionary<string, string> renames)
    {
        // All empty files are equal, so equal content does not identify them.
        var addedByContent = added.Where(file => !IsEmpty(file.Value)).ToLookup(file => ContentKey(file.Value), file => file.Key);
        foreach (var group in gone.ToLookup(file => ContentKey(file.Value), file => file.Key))
        {
            var (from, to) = (group.ToList(), addedByContent[group.Key].ToList());
            var pairs = PairByName(from, to);
            foreach (var (old, @new) in pairs) renames.Add(old, @new);
            if (from.Count - pairs.Count != 1 || to.Count - pairs.Count != 1) continue;
            renames.Add(from.Except(pairs.Select(pair => pair.Old)).Single(), to.Except(pairs.Select(pair => pair.New)).Single());
        }

        Forget(gone, added, renames);
    }

    private static List<(string Old, string New)> PairByName(List<string> from, List<string> to)
    {
        var newByName = to.ToLookup(TreePath.LastPart);
        return from.GroupBy(TreePath.LastPart)
            .Where(old => old.Count() == 1 && newByName[old.Key].Count() == 1)
            .Select(old => (old.Single(), newByName[old.Key].Single()))
            .ToList();
    }

    private static void TakeSimilar(
        Dictionary<string, TreeEntry> gone, Dictionary<string, TreeEntry> added, Dictionary<string, string> renames, Func<ObjectId, byte[]> read, CancellationToken cancellationToken)
    {
        var candidates = FindCandidates(gone, added);
        if (candidates.Count == 0) return;
        var sizes = candidates.Select(c => c.Old).Distinct().Sum(path => gone[path].Size) + candidates.Select(c => c.New).Distinct().Sum(path => added[path].Size);
        if (sizes > MostBytes) return;

        var fingerprints = candidates.Select(c => c.Old).Distinct().ToDictionary(path => path, path => ContentFingerprint.Of(read(gone[path].Id)));
        var likely = new List<(string Old, string New, int Percent, bool HasSameName)>();
        foreach (var pairs in candidates.GroupBy(c => c.New))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var fingerprint = ContentFingerprint.Of(read(added[pairs.Key].Id));
            likely.AddRange(pairs.Select(pair => (pair.Old, pair.New, Percent: fingerprints[pair.Old].Similarity(fingerprint), TreePath.LastPart(pair.Old) == TreePath.LastPart(pair.New)))
                .Where(pair => pair.Percent >= ContentFingerprint.LeastSimilarity));
        }

        TakeBest(likely, renames);
    }

    // Files whose sizes differ too much cannot have half in common, so they need not be read.
    private static List<(string Old, string New)> FindCandidates(Dictionary<string, TreeEntry> gone, Dictionary<string, TreeEntry> added)
    {
        var (from, to) = (gone.Where(IsComparable).ToList(), added.Where(IsComparable).ToList());
        if ((long)from.Count * to.Count > MostPairs) return [];
        return from.SelectMany(old => to
            .Where(@new => 100 * Math.Min(old.Value.Size, @new.Value.Size) >= ContentFingerprint.LeastSimilarity * Math.Max(old.Value.Size, @new.Value.Size))
            .Select(@new => (old.Key, @new.Key))).ToList();
    }

    private static void TakeBest(List<(string Old, string New, int Percent, bool HasSameName)> likely, Dictionary<string, string> renames)
    {
        var decided = new HashSet<string>(StringComparer.Ordinal);
        foreach (var equals in likely.GroupBy(pair => (pair.Percent, pair.HasSameName)).OrderByDescending(group => group.Key))
        {
            // Old and new paths never overlap, so one set serves both.
            var open = equals.Where(pair => !decided.Contains(pair.Old) && !decided.Contains(pair.New)).ToList();
            var uses = open.SelectMany(pair => (string[])[pair.Old, pair.New]).GroupBy(path => path).ToDictionary(group => group.Key, group => group.Count());
            foreach (var pair in open)
            {
                if (uses[pair.Old] == 1 && uses[pair.New] == 1) renames.Add(pair.Old, pair.New);
                decided.Add(pair.Old);
                decided.Add(pair.New);
            }
        }
    }

    private static void Forget(Dictionary<string, TreeEntry> gone, Dictionary<string, TreeEntry> added, Dictionary<string, string> renames)
    {
        foreach (var (old, @new) in renames)
        {
            gone.Remove(old);
            added.Remove(@new);
        }
    }

    private static bool IsEmpty(TreeEntry file) => !file.IsLink && file.Size == 0;

    private static bool IsComparable(KeyValuePair<string, TreeEntry> file) => !file.Value.IsLink && file.Value.Size is > 0 and <= MergeableText.MostBytes;

    private static (bool IsLink, ObjectId Id) ContentKey(TreeEntry file) => (file.IsLink, file.Id);

}
