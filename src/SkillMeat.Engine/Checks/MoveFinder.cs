using SkillMeat.Collections;
using SkillMeat.Upstream;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Checks;

/// <summary>
/// Finds moved artifacts in their repositories: by the same tree or blob id, else by the same type and the same name in the front matter.
/// </summary>
internal sealed class MoveFinder(IUpstreamProvider upstream, IFrontMatterCache cache, FollowedPaths followed)
{
    /// <summary>Finds the new places.</summary>
    /// <param name="gone">The artifacts that are no longer at their paths: all of their repositories, so that each place goes to the one that matches it best.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The results by artifact. An artifact that no place matches is absent.</returns>
    public async Task<IReadOnlyDictionary<ArtifactId, MoveTarget>> FindAsync(IReadOnlyList<AnsweredArtifact> gone, CancellationToken cancellationToken)
    {
        if (gone.Count == 0)
        {
            return new Dictionary<ArtifactId, MoveTarget>();
        }

        var byTree = gone.GroupBy(g => new TreeQuestion(g.Tracked.Source!.Repository, g.Path.Commit!)).ToDictionary(g => g.Key, g => g.ToList());
        var trees = await upstream.ListAsync(byTree.Keys.ToList(), cancellationToken).ConfigureAwait(false);
        var searches = trees.Select(tree => new MoveSearch(tree, byTree[tree.Question], followed)).ToList();
        var assignment = new MoveAssignment(followed);
        assignment.Assign(searches.SelectMany(search => search.FindSameContent()), "The same content is at another path.");
        searches.ForEach(search => search.SeekByName(assignment.HasMoved));
        await ReadNamesAsync(searches, cancellationToken).ConfigureAwait(false);
        assignment.Assign(searches.SelectMany(search => search.FindSameNames()), "An artifact of the same type and name is at another path; its content changed too.");
        return Conclude(gone, searches, assignment);
    }

    /// <summary>An artifact that was not found counts as deleted, unless a list of files is incomplete or a candidate could not be read.</summary>
    private static Dictionary<ArtifactId, MoveTarget> Conclude(IReadOnlyList<AnsweredArtifact> gone, List<MoveSearch> searches, MoveAssignment assignment)
    {
        var targets = new Dictionary<ArtifactId, MoveTarget>();
        foreach (var id in gone.Select(one => one.Tracked.Artifact.Id))
        {
            if (assignment.Find(id) is { } target) targets[id] = target;
        }

        foreach (var (search, id) in searches.Where(search => search.Error is not null).SelectMany(search => search.Sought.Select(id => (search, id))))
        {
            if (!assignment.HasMoved(id)) targets[id] = new MoveTarget(Path: null, Reason: null, search.Error);
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
