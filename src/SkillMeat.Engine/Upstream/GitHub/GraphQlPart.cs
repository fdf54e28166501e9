namespace SkillMeat.Upstream.GitHub;

/// <summary>The share of one repository's question that goes into one query: some of its paths, and with the first share what concerns the whole repository.</summary>
/// <param name="Question">The whole question.</param>
/// <param name="FirstPath">The first of its paths in this share.</param>
/// <param name="PathCount">How many paths are in this share.</param>
internal sealed record GraphQlPart(RepositoryQuestion Question, int FirstPath, int PathCount)
{
    public bool IsFirst => FirstPath == 0;

    public IEnumerable<PathQuestion> Paths => Question.Paths.Skip(FirstPath).Take(PathCount);

    /// <summary>How much the share costs, in objects that GitHub has to look up.</summary>
    public int Weight => 2 + Paths.Sum(WeightOf) + (IsFirst ? 4 * Question.Containers.Count : 0);

    public static int WeightOf(PathQuestion path)
    {
        var expressions = path.Follows.IsLatest ? 1 : path.Follows.MayBeCommit ? 3 : 2;
        var manifests = path.Manifest != ManifestDetail.None ? expressions * Math.Max(1, path.Type.ManifestFiles.Count) : 0;
        return expressions + manifests + (path.BaseCommit is null ? 0 : 1);
    }
}
