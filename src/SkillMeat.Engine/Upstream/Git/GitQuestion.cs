using SkillMeat.Errors;
using SkillMeat.Upstream.ObjectIds;

namespace SkillMeat.Upstream.Git;

/// <summary>
/// Answers the question about one repository: first the commits of the refs, then, only if they differ from the fetched ones, their content.
/// </summary>
internal sealed class GitQuestion(GitRepository repository, RepositoryQuestion question, IObjectIdCache ids)
{
    // The artifacts of a repository have few commits between them.
    private readonly Dictionary<GitOid, string> _commits = [];

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
        var known = question.Paths.Select((path, i) => FindKnown(path, resolved[i])).ToList();
        var (looked, unsearched) = await LookAsync(resolved, known, containers, cancellationToken).ConfigureAwait(false);
        var (found, problem) = looked ? ListContainers(containers, cancellationToken) : ([], unsearched);
        return new RepositoryAnswer
        {
            Question = question,
            RenamedTo = repository.NewNameIn(advertisement),
            Paths = question.Paths.Select((path, i) => AnswerAlone(path, resolved[i], looked, looked ? null : known[i])).ToList(),
            Containers = found,
            ContainersError = problem,
        };
    }

    /// <summary>Finds the objects of a path before anything is fetched; null if the answer does not depend on them.</summary>
    private PathObjects? FindKnown(PathQuestion path, GitResolution resolved) =>
        path.OnlyCommit || resolved.Commit is not { } commit || (path.Manifest == ManifestDetail.None && !HasMoved(path, resolved)) ? null : Find(path, commit);

    private PathObjects Find(PathQuestion path, GitOid commit)
    {
        var now = LookForArtifact(commit, path.Path);
        var manifest = path.Manifest == ManifestDetail.None ? (IsKnown: true, File: null) : FindManifest(commit, path);
        GitOid? fetched = path.BaseCommit is { } text && GitOid.TryParse(text, out var parsed) ? parsed : null;
        return new PathObjects(now, manifest, fetched, fetched is not { } before ? default : before == commit ? now : LookForArtifact(before, path.Path));
    }

    /// <summary>Fetches trees and texts if an answer depends on them.</summary>
    /// <returns>Whether trees were fetched, and the error if only the containers cannot be listed because of it.</returns>
    private async Task<(bool Looked, UpstreamException? Unsearched)> LookAsync(
        List<GitResolution> resolved, List<PathObjects?> known, IReadOnlyList<(ContainerQuestion Container, GitOid Commit)> containers, CancellationToken cancellationToken)
    {
        var wanted = new List<GitOid>();
        for (var i = 0; i < known.Count; i++)
        {
            if (known[i] is { } objects) AddUnknown(wanted, question.Paths[i], resolved[i].Commit!.Value, objects);
        }

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

    /// <summary>Adds the commits whose trees or texts are needed for the answer about a path.</summary>
    private static void AddUnknown(List<GitOid> wanted, PathQuestion path, GitOid commit, PathObjects known)
    {
        var mustRead = path.Manifest != ManifestDetail.None && (!known.Manifest.IsKnown || (known.Manifest.File is not null && path.Manifest == ManifestDetail.Text));
        if (!known.Now.IsKnown || mustRead) wanted.Add(commit);
        if (known.Fetched is { } fetched && !known.Before.IsKnown) wanted.Add(fetched);
    }

    private bool HasMoved(PathQuestion path, GitResolution resolved) => resolved.Commit is { } commit && TextOf(commit) != path.BaseCommit;

    private string TextOf(GitOid commit)
    {
        if (!_commits.TryGetValue(commit, out var text)) _commits.Add(commit, text = commit.ToString());
        return text;
    }

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
    private PathAnswer AnswerAlone(PathQuestion path, GitResolution resolved, bool looked, PathObjects? known)
    {
        try
        {
            return Answer(path, resolved, looked, known);
        }
        catch (UpstreamException e)
        {
            return new PathAnswer { Error = e };
        }
    }

    private PathAnswer Answer(PathQuestion path, GitResolution resolved, bool looked, PathObjects? known)
    {
        if (resolved.Error is not null || resolved.Commit is not { } commit)
        {
            return new PathAnswer { Error = resolved.Error };
        }

        var text = TextOf(commit);
        if (path.OnlyCommit) return new PathAnswer { Commit = text, Tag = resolved.Tag, Exists = true };
        var isUnneeded = path.Manifest == ManifestDetail.None && !HasMoved(path, resolved);
        if (isUnneeded && !looked && !repository.Has(commit)) return Unchanged();
        var (now, manifest, fetched, before) = known ?? Find(path, commit);
        if (!repository.Has(commit) && (!now.IsKnown || !manifest.IsKnown))
        {
            return isUnneeded ? Unchanged() : new PathAnswer { Error = repository.Unavailable($"cannot read commit {commit}") };
        }

        var (objectId, baseId) = (now.Found?.Id, before.Found?.Id);
        return new PathAnswer
        {
            Commit = text,
            Tag = resolved.Tag,
            Exists = objectId is not null,
            IsFolder = now.Found is { IsFolder: true },
            ObjectId = objectId,
            BaseObjectId = baseId,
            Changed = before.IsKnown ? objectId != baseId : null,
            HasLostManifest = path.Type.IsFolder && now.Found is { IsFolder: true } && before.Found is { IsFolder: true } && objectId != baseId && HasLostManifest(commit, fetched!.Value, path),
            Manifest = manifest.File is { } file && path.Manifest == ManifestDetail.Text ? repository.WithText(file) : manifest.File,
        };

        PathAnswer Unchanged() => new() { Commit = text, Tag = resolved.Tag, Exists = true, Changed = false };
    }

    /// <summary>Finds the object at a path among the fetched and the cached ones, and caches its id, or that there is none.</summary>
    private (bool IsKnown, KnownObject? Found) Look(GitOid commit, string path)
    {
        if (!repository.Has(commit)) return (ids.TryFind(question.Repository, TextOf(commit), path, out var cached), cached);
        var found = repository.Find(commit, path);
        if (found is { } known) ids.Add(question.Repository, TextOf(commit), path, known);
        else ids.AddAbsence(question.Repository, TextOf(commit), path);
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

    /// <summary>The objects of a path, as far as they are known.</summary>
    /// <param name="Now">The artifact at the followed ref.</param>
    /// <param name="Manifest">The file that describes it there.</param>
    /// <param name="Fetched">The commit that the artifact was fetched at; null if there is no valid one.</param>
    /// <param name="Before">The artifact at that commit.</param>
    private sealed record PathObjects((bool IsKnown, KnownObject? Found) Now, (bool IsKnown, FileAnswer? File) Manifest, GitOid? Fetched, (bool IsKnown, KnownObject? Found) Before);
}
