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
        // A repository can have thousands of refs, and an artifact for each of them.
        var targets = advertisement.Refs.DistinctBy(r => r.Name, StringComparer.Ordinal).ToDictionary(r => r.Name, r => r.Target, StringComparer.Ordinal);
        GitResolution Resolved(RefSpec follows, string? baseCommit) => Resolve(advertisement.Head, targets, follows, baseCommit);
        var resolved = question.Paths.Select(p => Resolved(p.Follows, p.BaseCommit)).ToList();
        var containers = question.Containers.Select(c => (Container: c, Resolved(c.Follows, baseCommit: null).Commit))
            .Where(c => c.Commit is not null)
            .Select(c => (c.Container, c.Commit!.Value))
            .ToList();
        var (looked, unsearched) = await LookAsync(resolved, containers, cancellationToken).ConfigureAwait(false);
        var (found, problem) = looked ? ListContainers(containers, cancellationToken) : ([], unsearched);
        return new RepositoryAnswer
        {
            Question = question,
            RenamedTo = repository.NewNameIn(advertisement),
            Paths = question.Paths.Select((path, i) => AnswerAlone(path, resolved[i], looked)).ToList(),
            Containers = found,
            ContainersError = problem,
        };
    }

    /// <summary>Fetches trees and texts if an answer depends on them.</summary>
    /// <returns>Whether trees were fetched, and the error if only the containers cannot be listed because of it.</returns>
    private async Task<(bool Looked, UpstreamException? Unsearched)> LookAsync(
        List<GitResolution> resolved, IReadOnlyList<(ContainerQuestion Container, GitOid Commit)> containers, CancellationToken cancellationToken)
    {
        var wanted = question.Paths.Zip(resolved).SelectMany(pair => FindUnknown(pair.First, pair.Second)).ToList();
        if (wanted.Count == 0)
        {
            return await SearchAsync(resolved, containers, cancellationToken).ConfigureAwait(false);
        }

        // The containers are read with a request that is needed anyway.
        wanted.AddRange(containers.Select(c => c.Commit));
        await repository.FetchTreesAsync(wanted, cancellationToken).ConfigureAwait(false);
        var texts = question.Paths
            .Select((path, i) => path.Manifest == ManifestDetail.Text && resolved[i].Commit is { } commit && FindManifest(commit, path).File is { } file
                ? (Commit: commit, File: file)
                : default)
            .Where(f => f.File is not null)
            .ToList();
        await repository.FetchTextsAsync(texts, cancellationToken).ConfigureAwait(false);
        return (true, null);
    }

    /// <summary>Returns the commits whose trees or texts are needed for the answer about a path.</summary>
    private IEnumerable<GitOid> FindUnknown(PathQuestion path, GitResolution resolved)
    {
        if (path.OnlyCommit || resolved.Commit is not { } commit || (path.Manifest == ManifestDetail.None && !HasMoved(path, resolved)))
        {
            yield break;
        }

        if (!LookForArtifact(commit, path.Path).IsKnown || (path.Manifest != ManifestDetail.None && MustRead(commit, path)))
        {
            yield return commit;
        }

        if (path.BaseCommit is { } fetched && GitOid.TryParse(fetched, out var known) && !LookForArtifact(known, path.Path).IsKnown)
        {
            yield return known;
        }
    }

    private bool MustRead(GitOid commit, PathQuestion path)
    {
        var (isKnown, file) = FindManifest(commit, path);
        return !isKnown || (file is not null && path.Manifest == ManifestDetail.Text);
    }

    private static bool HasMoved(PathQuestion path, GitResolution resolved) => resolved.Commit is { } commit && commit.ToString() != path.BaseCommit;

    /// <summary>Fetches the trees of containers alone. They are searched at commits that the artifacts were not fetched at, or if they are all that was asked for.</summary>
    private async Task<(bool Looked, UpstreamException? Unsearched)> SearchAsync(
        List<GitResolution> resolved, IReadOnlyList<(ContainerQuestion Container, GitOid Commit)> containers, CancellationToken cancellationToken)
    {
        var moved = question.Paths.Where((path, i) => HasMoved(path, resolved[i])).Select(path => path.Follows).ToHashSet();
        var wanted = containers.Where(c => question.Paths.Count == 0 || moved.Contains(c.Container.Follows)).Select(c => c.Commit).ToList();
        try
        {
            await repository.FetchTreesAsync(wanted, cancellationToken).ConfigureAwait(false);
            return (wanted.Count > 0, null);
        }
        catch (UpstreamException e) when (question.Paths.Count > 0)
        {
            // The artifacts are known without these trees.
            return (false, e);
        }
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

        if (path.OnlyCommit) return new PathAnswer { Commit = commit.ToString(), Tag = resolved.Tag, Exists = true };
        var same = !HasMoved(path, resolved);
        var (isKnown, found) = LookForArtifact(commit, path.Path);
        var manifest = path.Manifest == ManifestDetail.None ? (IsKnown: true, File: null) : FindManifest(commit, path);
        var isUnneeded = same && path.Manifest == ManifestDetail.None && !looked;
        if (!repository.Has(commit) && (!isKnown || !manifest.IsKnown || isUnneeded))
        {
            return same && path.Manifest == ManifestDetail.None
                ? new PathAnswer { Commit = commit.ToString(), Tag = resolved.Tag, Exists = true, Changed = false }
                : new PathAnswer { Error = repository.Unavailable($"cannot read commit {commit}") };
        }

        var objectId = found?.Id;
        var (isBaseKnown, before) = path.BaseCommit is { } text && GitOid.TryParse(text, out var parsed) ? LookForArtifact(parsed, path.Path) : default;
        var baseId = before?.Id;
        return new PathAnswer
        {
            Commit = commit.ToString(),
            Tag = resolved.Tag,
            Exists = objectId is not null,
            IsFolder = found is { IsFolder: true },
            ObjectId = objectId,
            BaseObjectId = baseId,
            Changed = isBaseKnown ? objectId != baseId : null,
            HasLostManifest = path.Type.IsFolder && found is { IsFolder: true } && before is { IsFolder: true } && objectId != baseId && HasLostManifest(commit, GitOid.Parse(path.BaseCommit!), path),
            Manifest = manifest.File is { } file && path.Manifest == ManifestDetail.Text ? repository.WithText(file) : manifest.File,
        };
    }

    /// <summary>Finds the object at a path among the fetched and the cached ones, and caches its id, or that there is none.</summary>
    private (bool IsKnown, KnownObject? Found) Look(GitOid commit, string path)
    {
        if (!repository.Has(commit)) return (ids.TryFind(question.Repository, commit.ToString(), path, out var cached), cached);
        var found = repository.Find(commit, path);
        if (found is { } known) ids.Add(question.Repository, commit.ToString(), path, known);
        else ids.AddAbsence(question.Repository, commit.ToString(), path);
        return (true, found);
    }

    /// <summary>
    /// Finds the object of an artifact. That there is none must be read from the repository: an artifact that is deleted upstream can be removed here, which a damaged cache must not bring about.
    /// </summary>
    private (bool IsKnown, KnownObject? Found) LookForArtifact(GitOid commit, string path)
    {
        var (isKnown, found) = Look(commit, path);
        return (isKnown && (found is not null || repository.Has(commit)), found);
    }

    /// <summary>Finds the file that describes an artifact, without its text. It is known to be missing if none of the possible files exists.</summary>
    private (bool IsKnown, FileAnswer? File) FindManifest(GitOid commit, PathQuestion path)
    {
        foreach (var file in path.ManifestPaths().Where(file => file.Length > 0))
        {
            var (isKnown, found) = Look(commit, file);
            if (!isKnown) return (false, null);
            if (found is { IsFolder: false } blob) return (true, new FileAnswer(file, blob.Id, Text: null));
        }

        return (true, null);
    }

    private bool HasLostManifest(GitOid commit, GitOid before, PathQuestion path) =>
        repository.Has(commit) && repository.Has(before) && FindManifest(commit, path).File is null && FindManifest(before, path).File is not null;

    /// <summary>Lists the containers that exist, and returns the first error.</summary>
    private (IReadOnlyList<ContainerAnswer> Found, UpstreamException? Problem) ListContainers(
        IReadOnlyList<(ContainerQuestion Container, GitOid Commit)> containers, CancellationToken cancellationToken)
    {
        var found = new List<ContainerAnswer>();
        UpstreamException? problem = null;
        foreach (var (container, commit) in containers)
        {
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

        var (searched, error) = new ContainerSearch(question, (container, folder) => repository.ListFolder(GitOid.Parse(container.Commit), folder.Path)).Run(found, cancellationToken);
        return (searched, problem ?? error);
    }

    /// <summary>
    /// Resolves a ref: a tag, else a branch, else a commit. git only provides refs, so an abbreviated commit can only be matched with the fetched
    /// one.
    /// </summary>
    private GitResolution Resolve(GitOid? head, Dictionary<string, GitOid> targets, RefSpec follows, string? baseCommit)
    {
        if (follows.IsLatest)
        {
            return new GitResolution(head, Tag: null, Error: null);
        }

        var name = follows.Name!;
        if (targets.TryGetValue($"refs/tags/{name}", out var tag))
        {
            return new GitResolution(tag, name, Error: null);
        }

        if (targets.TryGetValue($"refs/heads/{name}", out var branch))
        {
            return new GitResolution(branch, Tag: null, Error: null);
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
