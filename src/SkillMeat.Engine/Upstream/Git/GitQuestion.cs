using SkillMeat.Errors;
using SkillMeat.Upstream.ObjectIds;

namespace SkillMeat.Upstream.Git;

/// <summary>
/// Answers the question about one repository: first the commits of the refs, then, only if they differ from the fetched ones, their content.
/// </summary>
internal sealed class GitQuestion(GitRepository repository, RepositoryQuestion question, IObjectIdCache ids)
{
    public async Task<RepositoryAnswer> AskAsync(CancellationToken cancellationToken)
    {
        var refs = question.Paths.Select(p => p.Follows).Concat(question.Containers.Select(c => c.Follows)).Distinct().ToList();
        var advertisement = await repository.ListRefsAsync(refs, cancellationToken).ConfigureAwait(false);
        var resolved = question.Paths.Select(p => Resolve(advertisement, p.Follows, p.BaseCommit)).ToList();
        var containers = question.Containers.Select(c => Resolve(advertisement, c.Follows, baseCommit: null).Commit);
        var looked = await LookAsync(resolved, containers, cancellationToken).ConfigureAwait(false);
        var (found, problem) = looked ? ListContainers(advertisement) : ([], null);
        return new RepositoryAnswer
        {
            Question = question,
            RenamedTo = repository.NewNameIn(advertisement),
            Paths = question.Paths.Select((path, i) => AnswerAlone(path, resolved[i], looked)).ToList(),
            Containers = found,
            ContainersError = problem,
        };
    }

    /// <summary>Fetches trees and texts if an answer depends on them. Returns whether it was necessary.</summary>
    private async Task<bool> LookAsync(List<GitResolution> resolved, IEnumerable<GitOid?> containers, CancellationToken cancellationToken)
    {
        var wanted = new List<GitOid>();
        for (var i = 0; i < resolved.Count; i++)
        {
            var path = question.Paths[i];
            if (resolved[i].Commit is { } commit && (commit.ToString() != path.BaseCommit || path.Manifest != ManifestDetail.None))
            {
                if (path.Manifest != ManifestDetail.None || Known(commit, path.Path) is null)
                {
                    wanted.Add(commit);
                }

                if (path.BaseCommit is { } fetched && GitOid.TryParse(fetched, out var known) && Known(known, path.Path) is null)
                {
                    wanted.Add(known);
                }
            }
        }

        if (wanted.Count == 0 && question.Paths.Count > 0)
        {
            return false;
        }

        // The containers are read with a request that is needed anyway. A question without paths is only about containers.
        wanted.AddRange(containers.OfType<GitOid>());

        await repository.FetchTreesAsync(wanted, cancellationToken).ConfigureAwait(false);
        var texts = question.Paths
            .Select((path, i) => path.Manifest == ManifestDetail.Text && resolved[i].Commit is { } commit && repository.FindFile(commit, path.ManifestPaths()) is { } file
                ? (Commit: commit, File: file)
                : default)
            .Where(f => f.File is not null)
            .ToList();
        await repository.FetchTextsAsync(texts, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Answers for one path, so that its errors, such as a file that is too large, do not affect the others.</summary>
    private PathAnswer AnswerAlone(PathQuestion path, GitResolution resolved, bool looked)
    {
        try
        {
            return Answer(path, resolved, looked);
        }
        catch (UpstreamException e)
        {
            return new PathAnswer { Error = e };
        }
    }

    private PathAnswer Answer(PathQuestion path, GitResolution resolved, bool looked)
    {
        if (resolved.Error is not null || resolved.Commit is not { } commit)
        {
            return new PathAnswer { Error = resolved.Error };
        }

        var same = commit.ToString() == path.BaseCommit;
        var found = Known(commit, path.Path);
        if (!repository.Has(commit) && (found is null || path.Manifest != ManifestDetail.None || !looked && same))
        {
            return same
                ? new PathAnswer { Commit = commit.ToString(), Tag = resolved.Tag, Exists = true, Changed = false }
                : new PathAnswer { Error = repository.Unavailable($"cannot read commit {commit}") };
        }

        var objectId = found?.Id;
        var baseCommit = path.BaseCommit is { } text && GitOid.TryParse(text, out var parsed) ? parsed : (GitOid?)null;
        var baseId = baseCommit is { } known ? Known(known, path.Path)?.Id : null;
        var isBaseKnown = baseId is not null || (baseCommit is { } asked && repository.Has(asked));
        var manifest = path.Manifest == ManifestDetail.None ? null : repository.FindFile(commit, path.ManifestPaths());
        return new PathAnswer
        {
            Commit = commit.ToString(),
            Tag = resolved.Tag,
            Exists = objectId is not null,
            ObjectId = objectId,
            BaseObjectId = baseId,
            Changed = isBaseKnown ? objectId != baseId : null,
            Manifest = manifest is not null && path.Manifest == ManifestDetail.Text ? repository.WithText(manifest) : manifest,
        };
    }

    /// <summary>Finds the object at a path among the fetched and the cached ones, and caches its id.</summary>
    private KnownObject? Known(GitOid commit, string path)
    {
        if (!repository.Has(commit)) return ids.Find(question.Repository, commit.ToString(), path);
        var found = repository.Find(commit, path);
        if (found is { } known) ids.Add(question.Repository, commit.ToString(), path, known);
        return found;
    }

    /// <summary>Lists the containers that exist, and returns the first error.</summary>
    private (List<ContainerAnswer> Found, UpstreamException? Problem) ListContainers(GitAdvertisement advertisement)
    {
        var found = new List<ContainerAnswer>();
        UpstreamException? problem = null;
        foreach (var container in question.Containers)
        {
            if (Resolve(advertisement, container.Follows, baseCommit: null).Commit is not { } commit) continue;
            try
            {
                if (!repository.Has(commit)) throw repository.Unavailable($"cannot read commit {commit}");
                if (repository.ListFolder(commit, container.Path) is { } entries) found.Add(new ContainerAnswer(container, commit.ToString(), entries));
            }
            catch (UpstreamException e)
            {
                problem ??= e;
            }
        }

        return (found, problem);
    }

    /// <summary>
    /// Resolves a ref: a tag, else a branch, else a commit. git only provides refs, so an abbreviated commit can only be matched with the fetched
    /// one.
    /// </summary>
    private GitResolution Resolve(GitAdvertisement advertisement, RefSpec follows, string? baseCommit)
    {
        if (follows.IsLatest)
        {
            return new GitResolution(advertisement.Head, Tag: null, Error: null);
        }

        var name = follows.Name!;
        if (advertisement.Refs.FirstOrDefault(r => r.Name == $"refs/tags/{name}") is { } tag)
        {
            return new GitResolution(tag.Target, name, Error: null);
        }

        if (advertisement.Refs.FirstOrDefault(r => r.Name == $"refs/heads/{name}") is { } branch)
        {
            return new GitResolution(branch.Target, Tag: null, Error: null);
        }

        if (follows.IsFullCommit)
        {
            return new GitResolution(GitOid.Parse(name), Tag: null, Error: null);
        }

        if (!follows.MayBeCommit)
        {
            return new GitResolution(Commit: null, Tag: null, Error: null);
        }

        return baseCommit is not null && baseCommit.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            ? new GitResolution(GitOid.Parse(baseCommit), Tag: null, Error: null)
            : new GitResolution(Commit: null, Tag: null, new UpstreamException(
                ErrorIds.UpstreamNotFound,
                $"{question.Repository} has no tag or branch '{name}', and git finds a commit only by its 40 digits. Write them out, or give a token."));
    }
}
