using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;
using SkillMeat.Server.Problems;
using SkillMeat.Updates;

namespace SkillMeat.Server.Artifacts;

/// <summary>The conflicts of an artifact's update, side by side, and their resolution.</summary>
internal sealed class ConflictEndpoints(ServedHome home)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, of) in ArtifactRoutes.All)
        {
            routes.MapGet($"{path}/conflict", ReadAsync).Describe($"GetArtifactConflict{of}", "Shows a file in conflict: base, ours, theirs, and the merge with markers. Without a path, all of them. Contacts upstream.")
                .With("path", "SKILL.md", "The path of the file.").Returns<ConflictTextsJson>();
            routes.MapPost($"{path}/conflict", ResolveAsync)
                .Describe($"ResolveArtifactConflict{of}", "Finishes an update with resolved files, in one transaction after a snapshot. A side that was changed since its state was read is a conflict again, and nothing is changed.")
                .Takes(new ResolutionJson([new ResolvedFileJson("SKILL.md", "# PDF tools\n", "7f1f25b5d2c5f1ab22b4c6b3a5a9c1d0")])).ReturnsJob(JobResult.List<UpdateJson>());
        }
    }

    private async Task<JsonAnswer> ReadAsync(string? collection, string id, string? path, CancellationToken cancellationToken)
    {
        var conflicts = await FindAsync(RequestFor(home.Collections.Read(collection), id), cancellationToken);
        if (path is null) return JsonAnswer.Of(PageQuery.Whole<ConflictTextsJson>([.. conflicts.Select(ConflictTextsJson.Of)]));
        var nearest = NearestName.Find(path, conflicts.Select(one => one.Conflict.Path));
        return JsonAnswer.Of(ConflictTextsJson.Of(conflicts.FirstOrDefault(one => one.Conflict.Path == path)
            ?? throw new ServiceException(StatusCodes.Status404NotFound, ServiceErrorIds.FileNotFound, $"'{path}' is not in conflict.{(nearest is null ? "" : $" '{nearest}' is.")}") { Nearest = nearest }));
    }

    private async Task<JsonAnswer> ResolveAsync(string? collection, string id, ResolutionJson body, CancellationToken cancellationToken)
    {
        var read = home.Collections.Read(collection);
        var plan = RequestFor(read, id);
        if (body.Files is not { Count: > 0 } files) throw Invalid("Send the resolved files: {\"files\": [{\"path\", \"text\", \"state\"}]}.");
        if (files.Any(file => file is not { Path.Length: > 0 })) throw Invalid("A resolved file has no path.");
        var sides = files.Any(file => file.Take is ResolutionChoice.Ours or ResolutionChoice.Theirs) ? await FindAsync(plan, cancellationToken) : [];
        var request = plan with { DryRun = false, ResolveWith = ConflictResolution.Of([.. files.Select(file => Resolve(file, sides))]) };
        return JsonAnswer.Accepted(home.Jobs.Start("resolve", read.Name, job => new ArtifactJobs(home).ResolveAsync(job, request)));
    }

    private UpdateRequest RequestFor(Collection read, string id) => new()
    {
        Collections = [read.Name],
        Filter = ArtifactFilter.Everything.Among([ArtifactId.Parse(read.Find(id).ArtifactId)]),
        Strategy = UpdateStrategy.Merge,
        DryRun = true,
        LockTimeout = home.LockTimeout,
    };

    private async Task<IReadOnlyList<ConflictTexts>> FindAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        using var session = home.OpenUpstream();
        using var planned = await new ArtifactUpdater(home.Store, session).PlanAsync(request, listener: null, cancellationToken);
        return planned.Entries switch
        {
            [{ Status: UpdateStatus.Conflict } entry] => planned.ReadConflicts(entry, cancellationToken),
            [{ ErrorId: { } error } entry] => throw new SkillMeatException(error, entry.Reason ?? "The update cannot be planned."),
            _ => [],
        };
    }

    private static ResolvedFile Resolve(ResolvedFileJson file, IReadOnlyList<ConflictTexts> sides)
    {
        // Without it, an edit that the person never saw would be lost.
        if (file.State is not { Length: > 0 } state) throw Invalid($"'{file.Path}' has no state. Send the one that the conflict had when it was read.");
        if (file.Take is { } choice)
        {
            var side = sides.FirstOrDefault(one => one.Conflict.Path == file.Path);
            return new ResolvedFile(file.Path!, choice switch { ResolutionChoice.Ours => side?.Local, ResolutionChoice.Theirs => side?.Upstream, _ => null }, state);
        }

        return file.Text is { } text
            ? new ResolvedFile(file.Path!, Encoding.UTF8.GetBytes(text), state)
            : throw Invalid($"'{file.Path}' has neither a text nor a choice (take: ours, theirs or nothing).");
    }

    private static SkillMeatException Invalid(string message) => new(ErrorIds.InvalidArgument, message);
}
