using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SkillMeat.Server.Hosting;

namespace SkillMeat.Server.OpenApi;

/// <summary>Adds to the document what no single endpoint says: its title, and how to sign in.</summary>
internal sealed class DocumentDetails : IOpenApiDocumentTransformer
{
    private const string Bearer = "token";
    private const string Cookie = "session";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "SkillMeat",
            Version = InfoEndpoints.Version,
            Description = "The abilities of skm and the PowerShell module, over HTTP. Bodies have the names of --format json. Errors are problem details (RFC 9457) whose code is the error id. "
                + "Answers to GET carry an ETag; send it as If-None-Match to hear only of changes, and as If-Match with an edit that must not overwrite another. Long work is a job.",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        // The same for each address at which the document is asked.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The token that 'skm serve' prints, which is in the file service/token of the home, too." },
            [Cookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = "skm_session_…",
                Description = "The cookie that the address with the token sets. Its name ends with digits that stand for the home.",
            },
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Cookie, document)] = [] },
        ];
        return Task.CompletedTask;
    }
}
