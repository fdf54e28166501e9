using Microsoft.AspNetCore.Http;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Problems;

namespace SkillMeat.Server.Access;

/// <summary>
/// Refuses addresses of the API that end with a slash. Clients shorten <c>collections/default/groups/..</c> to <c>collections/default/</c> before they send it, and to delete a group of that name must not delete the collection.
/// </summary>
internal sealed class WholeAddressMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(ServiceRoutes.Base, StringComparison.OrdinalIgnoreCase) && path.Value!.EndsWith('/'))
            throw new ServiceException(StatusCodes.Status404NotFound, ServiceErrorIds.NotFound, "There is nothing at this address, which ends with a slash. /openapi.json lists all addresses.");
        return next(context);
    }
}
