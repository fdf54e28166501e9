using Microsoft.AspNetCore.Http;
using SkillMeat.Server.Problems;

namespace SkillMeat.Server.Access;

/// <summary>Lets in requests that call the service by its name, have the token, and come from no other page. All others are refused before anything else looks at them.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, ServiceToken token, Sessions sessions, SignInTickets tickets, OurAddresses addresses)
{
    public const string HealthPath = "/health";

    private const string Bearer = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        SecurityHeaders.Add(context.Response.Headers);
        var request = context.Request;
        if (!addresses.IsOurs(request.Host)) throw new ServiceException(421, ServiceErrorIds.WrongHost, "The Host header is not the address of this service. Use the address that 'skm serve' prints.");
        if (request.Path == HealthPath && IsRead(request)) return next(context);
        var origin = request.Headers.Origin.ToString();
        if (!IsRead(request) && origin.Length > 0 && !addresses.IsOurs(origin)) throw Foreign();
        if (HttpMethods.IsGet(request.Method) && request.Path == "/" && request.Query.ContainsKey("token")) return SignInAsync(context);
        if (request.Headers.Authorization.ToString() is { Length: > 0 } header)
        {
            return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && token.IsToken(header[Bearer.Length..].Trim()) ? next(context) : throw Unauthorized("The token in the Authorization header is wrong.");
        }

        var (hasCookie, isValid) = sessions.Check(request);
        if (!isValid && IsVisit(request)) return HelpPage.SendAsync(context, StatusCodes.Status401Unauthorized, HelpPage.NotSignedIn);
        if (!hasCookie) throw Unauthorized("The request has no token.");
        if (!isValid) throw Unauthorized("The session is not one of this service, or has ended.");
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        // Browsers send the cookie with requests of pages on other ports of this machine, too.
        if (!IsOurSite(site)) return IsVisit(request) ? HelpPage.SendAsync(context, StatusCodes.Status403Forbidden, HelpPage.FromElsewhere) : throw Foreign();
        if (!IsRead(request) && origin.Length == 0 && site != "same-origin") throw Foreign();
        return next(context);
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    // A person sees the answer. The API answers programs, and by the address bar JSON as well.
    private static bool IsVisit(HttpRequest request) => IsRead(request) && !request.Path.StartsWithSegments("/api") && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    // Old browsers do not send the header.
    private static bool IsOurSite(string site) => site is "" or "same-origin" or "none";

    private static ServiceException Foreign() => new(403, ServiceErrorIds.Forbidden, "The request comes from a page that is not one of this service.");

    private static ServiceException Unauthorized(string reason) =>
        new(401, ServiceErrorIds.Unauthorized, $"{reason} Open the address that 'skm serve' prints, or send 'Authorization: Bearer' with the token of the file service/token in the home.");

    private async Task SignInAsync(HttpContext context)
    {
        var given = context.Request.Query["token"].ToString();
        if (!token.IsToken(given) && !tickets.TryUse(given)) throw Unauthorized("The token in the address is wrong, or was used before.");
        var isSecure = context.Request.IsHttps || addresses.IsSecure(context.Request.Host);
        context.Response.Cookies.Append(sessions.CookieName, sessions.Begin(), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", Secure = isSecure, IsEssential = true });
        context.Response.Headers.CacheControl = "no-store";
        // The address without the token is the one that stays in the history.
        if (IsOurSite(context.Request.Headers["Sec-Fetch-Site"].ToString()))
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = "/";
            return;
        }

        // After a link elsewhere, a redirect would come without the new cookie. A page of ours goes on with it.
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync("<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url=/\"><title>SkillMeat</title><p><a href=\"/\">Go on</a></p>", context.RequestAborted);
    }
}
