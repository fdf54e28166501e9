namespace SkillMeat.Merging;

/// <summary>
/// Finds which of the files that a side no longer has are there under another name: with the same content, or else with at least half of it. Where two files
/// come equally near, and not even the names tell, none is taken for a rename.
/// </summary>
internal static class RenameFinder
{
    // What is compared with what grows as the product; a reorganisation as large as that is told by equal contents alone.
    private const int MostPairs = 250_000;
    private const long MostBytes = 16 * 1024 * 1024;

    /// <summary>The new path for each renamed one.</summary>
    public static Dictionary<string, string> Find(ArtifactTree original, ArtifactTree side, CancellationToken cancellationToken)
    {
        var gone = original.Files.Where(file => !side.Has(file.Key)).ToDictionary();
        var added = side.Files.Where(file => !original.Has(file.Key)).ToDictionary();
        var renames = new Dictionary<string, string>(StringComparer.Ordinal);
        TakeEqual(gone, added, renames);
        TakeSimilar(original, gone, side, added, renames, cancellationToken);
        return renames;
    }

    private static void TakeEqual(Dictionary<string, TreeFile> gone, Dictionary<string, TreeFile> added, Dictionary<string, string> renames)
    {
        // Empty files are all alike, and nothing is lost when one of them is taken for a new one.
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
        var newByName = to.ToLookup(FileName);
        return from.GroupBy(FileName)
            .Where(old => old.Count() == 1 && newByName[old.Key].Count() == 1)
            .Select(old => (old.Single(), newByName[old.Key].Single()))
            .ToList();
    }

    private static void TakeSimilar(
        ArtifactTree original, Dictionary<string, TreeFile> gone, ArtifactTree side, Dictionary<string, TreeFile> addedFiles, Dictionary<string, string> renames,
        CancellationToken cancellationToken)
    {
        var candidates = FindCandidates(gone, addedFiles);
        if (candidates.Count == 0) return;
        var sizes = candidates.Select(c => c.Old).Distinct().Sum(path => gone[path].Size) + candidates.Select(c => c.New).Distinct().Sum(path => addedFiles[path].Size);
        if (sizes > MostBytes) return;

        var pieces = candidates.Select(c => c.Old).Distinct().ToDictionary(path => path, path => ContentFingerprint.Of(original.Read(path).Span));
        var likely = new List<(string Old, string New, int Percent, bool HasSameName)>();
        foreach (var pairs in candidates.GroupBy(c => c.New))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var added = ContentFingerprint.Of(side.Read(pairs.Key).Span);
            likely.AddRange(pairs.Select(pair => (pair.Old, pair.New, Percent: pieces[pair.Old].Similarity(added), FileName(pair.Old) == FileName(pair.New)))
                .Where(pair => pair.Percent >= ContentFingerprint.LeastSimilarity));
        }

        TakeBest(likely, renames);
    }

    // Files whose sizes differ too much can't have half in common, so nobody has to read them.
    private static List<(string Old, string New)> FindCandidates(Dictionary<string, TreeFile> gone, Dictionary<string, TreeFile> added)
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

    private static void Forget(Dictionary<string, TreeFile> gone, Dictionary<string, TreeFile> added, Dictionary<string, string> renames)
    {
        foreach (var (old, @new) in renames)
        {
            gone.Remove(old);
            added.Remove(@new);
        }
    }

    private static bool IsEmpty(TreeFile file) => !file.IsLink && file.Size == 0;

    private static bool IsComparable(KeyValuePair<string, TreeFile> file) => !file.Value.IsLink && file.Value.Size is > 0 and <= MergeableText.MostBytes;

    private static (bool IsLink, string Identity) ContentKey(TreeFile file) => (file.IsLink, file.Identity);

    private static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];
}
