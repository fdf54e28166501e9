using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Errors;
using SkillMeat.Organizing;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Definitions;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;

namespace SkillMeat.Server.Collections;

/// <summary>Moves and copies of artifacts between collections.</summary>
internal sealed class TransferEndpoints(ServedHome home)
{
    private readonly ArtifactTransfer _transfer = new(home.Store, home.Options.Environment);

    public void Map(IEndpointRouteBuilder routes)
    {
        var example = new TransferRequestJson(["skill:pdf-tools"], "work");
        routes.MapPost("/collections/{collection}/artifacts:move", (string collection, TransferRequestJson body, HttpContext context) => RunAsync(collection, body, _transfer.MoveAsync, context))
            .Describe("MoveArtifacts", "Moves artifacts to another collection, all of them or none. Their deployments follow.").Takes(example).Returns<IEnumerable<TransferredJson>>();
        routes.MapPost("/collections/{collection}/artifacts:copy", (string collection, TransferRequestJson body, HttpContext context) => RunAsync(collection, body, _transfer.CopyAsync, context))
            .Describe("CopyArtifacts", "Copies artifacts to another collection, all of them or none.").Takes(example).Returns<IEnumerable<TransferredJson>>();
    }

    private Task<JsonAnswer> RunAsync(string collection, TransferRequestJson body, Func<TransferRequest, CancellationToken, Task<IReadOnlyList<TransferredArtifact>>> transfer, HttpContext context)
    {
        var artifacts = Texts.CheckSome("artifacts", body.Artifacts);
        if (body.To is not { Length: > 0 } destination) throw new SkillMeatException(ErrorIds.InvalidArgument, "to is missing: name the collection to which the artifacts go.");
        return home.Edits.RunAsync(context, collection, async () =>
        {
            var request = new TransferRequest { Artifacts = artifacts, Collection = collection, Destination = destination, NewName = body.Name, DryRun = body.DryRun == true, LockTimeout = home.LockTimeout };
            var transferred = await transfer(request, context.RequestAborted);
            if (transferred.Any(one => one is { Deployments: > 0, DryRun: false })) home.DeploymentsChanged();
            else home.Events.Look();
            return JsonAnswer.Of(transferred.Select(TransferredJson.Of));
        });
    }
}
