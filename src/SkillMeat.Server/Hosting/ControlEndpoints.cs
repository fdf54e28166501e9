using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;

namespace SkillMeat.Server.Hosting;

/// <summary>The end of the service, and pages that sign a browser in. PowerShell and other programs of this machine use them.</summary>
internal sealed class ControlEndpoints(ServedHome home)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/shutdown", ShutDown).Describe("ShutDown", "Ends the service: running jobs are cancelled and take back what they began.").Returns<HealthJson>(StatusCodes.Status202Accepted);
        routes.MapPost("/sign-in-pages", SignIn)
            .Describe("CreateSignInPage", "Makes a page on the machine of the service that signs a browser in once, within a minute. Opening the page does not put a secret into the command line of the browser.")
            .Returns<SignInPageJson>(StatusCodes.Status201Created);
    }

    private JsonAnswer ShutDown()
    {
        home.Control.RequestStop();
        return JsonAnswer.Accepted(new HealthJson("stopping", InfoEndpoints.Version));
    }

    private JsonAnswer SignIn() => JsonAnswer.Created("/", new SignInPageJson(home.Control.SignIn!()));
}
