using SkillMeat.Collections;
using SkillMeat.Upstream;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Checks;

/// <summary>
/// Finds moved artifacts in their repositories: by the same tree or blob id, else by the same type and the same name in the front matter.
/// </summary>
internal sealed class MoveFinder(IUpstreamProvider upstream, IFrontMatterCache cache, FollowedPaths followed)
{
    public async Task<IReadOnlyDictionary<ArtifactId, MoveTarget>> FindAsync(IReadOnlyList<AnsweredArtifact> gone, CancellationToken cancellationToken)
    {
        var targets = new Dictionary<ArtifactId, MoveTarget>();
        if (gone.Count == 0)
        {
            return targets;
        }

        var byTree = gone.GroupBy(g => new TreeQuestion(g.Tracked.Source!.Repository, g.Path.Commit!)).ToDictionary(g => g.Key, g => g.ToList());
        var trees = await upstream.ListAsync(byTree.Keys.ToList(), cancellationToken).ConfigureAwait(false);
        var searches = trees.Select(tree => new MoveSearch(tree, byTree[tree.Question], followed)).ToList();
        foreach (var search in searches)
        {
            search.FindSameContent(targets);
        }

        await ReadNamesAsync(searches, cancellationToken).ConfigureAwait(false);
        foreach (var search in searches)
        {
            search.FindSameNames(targets);
        }

        return targets;
    }

    /// <summary>Reads the names of all candidates in one request, except those in the cache.</summary>
    private async Task ReadNamesAsync(List<MoveSearch> searches, CancellationToken cancellationToken)
    {
        var unread = new List<(MoveSearch Search, MoveCandidate Candidate)>();
        foreach (var search in searches)
        {
            foreach (var candidate in search.Candidates)
            {
                if (cache.Find(candidate.ManifestId) is { } known)
                {
                    search.Name(candidate, known.Name);
                }
                else
                {
                    unread.Add((search, candidate));
                }
            }
        }

        if (unread.Count == 0)
        {
            return;
        }

        var readings = await upstream.ReadAsync(unread.Select(u => u.Search.QuestionOf(u.Candidate)).ToList(), cancellationToken).ConfigureAwait(false);
        foreach (var ((search, candidate), reading) in unread.Zip(readings))
        {
            if (reading.Error is { } error)
            {
                search.Fail(error);
            }
            else
            {
                search.Name(candidate, NameIn(reading.File));
            }
        }
    }

    private static string? NameIn(FileAnswer? file)
    {
        try
        {
            return file?.Text is { } text ? FrontMatterReader.Read(file.Path, text).Name : null;
        }
        catch (FrontMatterException)
        {
            // The name of the file or folder is used instead.
            return null;
        }
    }
}
