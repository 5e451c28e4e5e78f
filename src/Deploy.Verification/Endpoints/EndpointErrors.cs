using Deploy.Core;

namespace Deploy.Verification.Endpoints;

/// <summary>Every cause a verdict can name. Each has one suggestion; an occasion may replace it by a better one.</summary>
public static class EndpointErrors
{
    public static readonly ErrorDefinition VerificationFailed = new("DEP4001", "An endpoint failed verification",
        "Follow the suggestion of the first failed check.", ExitCode.VerificationFailed);

    public static readonly ErrorDefinition VerificationInconclusive = new("DEP4002", "An endpoint could not be judged",
        "Follow the suggestion of the first inconclusive check, then run `deploy verify` again.", ExitCode.VerificationInconclusive, Retryable: true);

    public static readonly ErrorDefinition NoConnection = Unclear("DEP4101", "No connection to the endpoint",
        "Check that the host is reachable from here: firewall, private network, proxy.");

    public static readonly ErrorDefinition NameNotResolved = Unclear("DEP4102", "The endpoint's host name does not resolve",
        "Check the host in the URI; an endpoint with a private address resolves inside its network only.");

    public static readonly ErrorDefinition TlsFailed = Unclear("DEP4103", "No secure connection to the endpoint",
        "Check the certificate the host presents from here; a proxy that inspects traffic needs its authority trusted on this machine.");

    public static readonly ErrorDefinition ConnectTimedOut = Unclear("DEP4104", "No connection to the endpoint in time",
        "Check that packets to the host are not dropped on the way: firewall, private network.");

    public static readonly ErrorDefinition Redirected = Broken("DEP4105", "The URI redirects instead of answering",
        "Use the URI of the endpoint itself, as `deploy stack output endpoints` shows it, not that of a portal or sign-in page.");

    public static readonly ErrorDefinition WebPage = Broken("DEP4106", "A web page answered instead of the endpoint",
        "Use the URI of the endpoint itself; if it is right, a proxy or gateway on the way answers in its place.");

    public static readonly ErrorDefinition UriNotBase = Tolerated("DEP4107", "The URI is not the endpoint's base URI",
        "Give the base URI: the part before /chat/completions, /v1 or /score.");

    public static readonly ErrorDefinition ProxyRefused = Unclear("DEP4108", "The proxy on the way refused",
        "Sign in to the proxy (HTTPS_PROXY), or add the host to NO_PROXY.");

    public static readonly ErrorDefinition NotHttp = Broken("DEP4109", "What listens there does not speak HTTP",
        "Check scheme and port of the URI.");

    public static readonly ErrorDefinition PlainHttpRefused = Broken("DEP4110", "Plain http outside this machine",
        "Use https; plain http is for loopback addresses only, because it would show the key to everyone on the way.");

    public static readonly ErrorDefinition CertificateExpired = Unclear("DEP4111", "The endpoint's certificate is out of date",
        "Check this machine's clock; if it is right, whoever runs the host (or the proxy before it) must renew the certificate.");

    public static readonly ErrorDefinition CertificateUntrusted = Unclear("DEP4112", "The endpoint's certificate is not trusted",
        "Look who issued it: a proxy that inspects traffic needs its authority trusted on this machine (SSL_CERT_FILE).");

    public static readonly ErrorDefinition CertificateNameWrong = Unclear("DEP4113", "The certificate belongs to another host",
        "Use the host name the certificate names, or check what the name in the URI resolves to.");

    public static readonly ErrorDefinition CredentialRefused = Broken("DEP4201", "The credential was refused (401)",
        "The endpoint is up; read its current key again (it may have been rotated) and check that it belongs to this endpoint.");

    public static readonly ErrorDefinition AccessForbidden = Broken("DEP4202", "The caller may not use the endpoint (403)",
        "The endpoint is up; check the caller's role on it and its network rules. A role given just now takes some minutes to count.");

    public static readonly ErrorDefinition TokenUnavailable = Unclear("DEP4203", "No token for the endpoint",
        "Sign in (`az login`) or check the workload identity; then run `deploy verify` again.");

    public static readonly ErrorDefinition AudienceWrong = Broken("DEP4204", "The token is for another audience (401)",
        "Give the audience that the endpoint names in its answer; waiting does not help.");

    public static readonly ErrorDefinition NetworkForbidden = Broken("DEP4205", "The network rules refuse the caller (403)",
        "Run from a network that the endpoint allows, or allow this one in the workspace's network settings; waiting does not help.");

    public static readonly ErrorDefinition WrongKeyAccepted = Broken("DEP4211", "A wrong key is accepted",
        "Take the endpoint off the network until it checks keys: whoever finds it can use it.");

    public static readonly ErrorDefinition MissingKeyAccepted = Broken("DEP4212", "Requests without a key are accepted",
        "Take the endpoint off the network until it checks keys: whoever finds it can use it.");

    public static readonly ErrorDefinition RefusalUnusual = Tolerated("DEP4213", "A wrong key is refused, but not with 401 or 403",
        "Nothing to do for security; clients will misread the refusal.");

    public static readonly ErrorDefinition KeyHeaderOnly = Tolerated("DEP4214", "The key counts in one header only",
        "Use a client that sends the header api-key, as Azure's do; clients of the OpenAI kind send keys as bearer tokens.");

    public static readonly ErrorDefinition OnlyWhitespace = Broken("DEP4301", "The answer is only newlines or white space",
        "Redeploy the model or choose its successor. Phi models do this when a JSON response format is forced on them: check for a gateway that adds one.");

    public static readonly ErrorDefinition EmptyAnswer = Broken("DEP4302", "The answer is empty",
        "Look at the deployment's logs; redeploy the model if it stays silent.");

    public static readonly ErrorDefinition Echo = Broken("DEP4303", "The answer repeats the question",
        "What answers is not a model: check the deployment's image and scoring script.");

    public static readonly ErrorDefinition CannedAnswer = Broken("DEP4304", "Different questions get the same answer",
        "What answers is not a model: look for a mock, a cache or a static page behind this URI.");

    public static readonly ErrorDefinition WrongAnswer = Broken("DEP4305", "The answer is not the answer to the question",
        "Check which model answers (`info`), and that no gateway changes prompts.");

    public static readonly ErrorDefinition Degenerate = Broken("DEP4306", "The answer repeats itself without end",
        "Redeploy the model; on managed compute check the chat template and stop tokens of the image.");

    public static readonly ErrorDefinition CutByLength = Broken("DEP4307", "The answer is cut before it answers",
        "Check for a token limit that a gateway or the deployment sets.");

    public static readonly ErrorDefinition BenignFiltered = Broken("DEP4308", "A harmless question is filtered",
        "Check the content filter's configuration: an addition of two numbers must pass.");

    public static readonly ErrorDefinition ToolCalled = Broken("DEP4309", "A tool is called although none was offered",
        "Check for a gateway that adds tools to requests.");

    public static readonly ErrorDefinition NotJson = Broken("DEP4310", "The body is not JSON",
        "Check what answers behind this URI; the body's beginning is in the evidence.");

    public static readonly ErrorDefinition WrongShape = Broken("DEP4311", "The body is not a chat completion",
        "Check that the URI leads to a chat model and not to another kind of service.");

    public static readonly ErrorDefinition WrongContentType = Tolerated("DEP4312", "The content type is not that of the body",
        "Check for a gateway that rewrites headers; strict clients will refuse the answer.");

    public static readonly ErrorDefinition ErrorInSuccess = Broken("DEP4313", "Status 200 carries an error",
        "Follow the error in the evidence; check for a gateway that hides status codes.");

    public static readonly ErrorDefinition WrongRole = Broken("DEP4314", "The answer's role is not assistant",
        "Check the chat template of the deployment.");

    public static readonly ErrorDefinition FinishReasonMissing = Tolerated("DEP4315", "The finish reason is missing or unknown",
        "Clients cannot tell a complete answer from a cut one; update the serving image.");

    public static readonly ErrorDefinition UsageWrong = Broken("DEP4316", "The token counts contradict each other",
        "Do not bill or throttle by this endpoint's usage numbers; check for a gateway that changes them.");

    public static readonly ErrorDefinition UsageMissing = Tolerated("DEP4317", "The token counts are missing",
        "Cost and rate tracking will see nothing; update the serving image.");

    public static readonly ErrorDefinition BodyTruncated = Broken("DEP4318", "The body ends early",
        "Look for a gateway or proxy that cuts answers; else at the deployment's logs for a crash.");

    public static readonly ErrorDefinition BodyTooLarge = Broken("DEP4319", "The body is larger than 4 MiB",
        "Check what answers behind this URI: one number was asked for.");

    public static readonly ErrorDefinition ParametersRefused = Tolerated("DEP4320", "Ordinary parameters are refused",
        "Clients that send temperature or max_tokens will fail; check the model's documentation for what it accepts.");

    public static readonly ErrorDefinition Unstable = Tolerated("DEP4321", "It worked only at a repeated attempt",
        "Watch the endpoint; look at its logs at the time of the failed attempt.");

    public static readonly ErrorDefinition OneAnswerWrong = Tolerated("DEP4322", "One of two answers is wrong",
        "A model may err once; if it stays, check the deployed model and its version.");

    public static readonly ErrorDefinition Deviation = Tolerated("DEP4323", "The answer deviates from the specification",
        "Update the serving image if a client complains.");

    public static readonly ErrorDefinition SystemRefused = Broken("DEP4324", "A system message is refused",
        "Check the serving image: the model inference API takes system messages, natively or rewritten.");

    public static readonly ErrorDefinition SystemUnsupported = Tolerated("DEP4325", "The deployment does not take system messages",
        "Put instructions into the user message; the model was not trained on system messages.");

    public static readonly ErrorDefinition SystemDropped = Tolerated("DEP4326", "The system message does not reach the model",
        "Check for a gateway that changes messages, and the chat template of the deployment.");

    public static readonly ErrorDefinition LimitIgnored = Broken("DEP4327", "max_tokens is not kept",
        "Do not rely on limits for cost here; check for a gateway that removes or raises max_tokens.");

    public static readonly ErrorDefinition LimitNotTold = Tolerated("DEP4328", "A cut answer does not say that it is cut",
        "Clients cannot tell a complete answer from a cut one; update the serving image.");

    public static readonly ErrorDefinition StopIgnored = Tolerated("DEP4329", "Stop sequences are not kept",
        "Clients that rely on stop will read too much; update the serving image.");

    public static readonly ErrorDefinition ExtraAccepted = Tolerated("DEP4331", "Unknown parameters are accepted",
        "A misspelt parameter will go unnoticed here; check for a gateway that removes the header extra-parameters.");

    public static readonly ErrorDefinition ExtraDropRefused = Tolerated("DEP4332", "Unknown parameters are not dropped on request",
        "Clients that send extra-parameters: drop will fail; update the serving image.");

    public static readonly ErrorDefinition MixedUp = Broken("DEP4333", "The answer belongs to another question",
        "Look for a cache or gateway that hands out the answers of other requests: callers may see each other's texts.");

    public static readonly ErrorDefinition NotFiltered = Broken("DEP4341", "Content safety is on, and the probe was not filtered",
        "Check the endpoint's content safety settings and which categories and thresholds the probe should meet.");

    public static readonly ErrorDefinition FilterUnusual = Tolerated("DEP4342", "The probe was refused, but not as the content filter does it",
        "Clients will not recognise the refusal; look at what stands before the endpoint.");

    public static readonly ErrorDefinition ModelDiffers = Broken("DEP4401", "Another model answers than expected",
        "Correct the settings, or redeploy the endpoint with the model they name.");

    public static readonly ErrorDefinition NotAChatModel = Broken("DEP4402", "The model is not a chat model",
        "Deploy a chat-completion model; this toolkit is for those.");

    public static readonly ErrorDefinition InfoUnreadable = Broken("DEP4403", "/info answers, but not with a model's identity",
        "Check what answers behind this URI; the body's beginning is in the evidence.");

    public static readonly ErrorDefinition InfoMissing = Tolerated("DEP4404", "/info is missing where it should be",
        "The model's identity could not be confirmed; check that the URI is the endpoint's base.");

    public static readonly ErrorDefinition ModelUnnamed = Tolerated("DEP4405", "/info does not say everything",
        "The model's identity could not be confirmed in full.");

    public static readonly ErrorDefinition NamesDiffer = Tolerated("DEP4406", "/info and the answers name different models",
        "Check which of the two is deployed; one of the names is out of date.");

    public static readonly ErrorDefinition NotStreamed = Broken("DEP4501", "A stream was asked for and none came",
        "Check for a gateway that collects answers; else update the serving image.");

    public static readonly ErrorDefinition StreamMalformed = Broken("DEP4502", "A chunk of the stream cannot be read",
        "Check for a gateway that changes bodies; else update the serving image.");

    public static readonly ErrorDefinition StreamError = Broken("DEP4503", "The stream carries an error",
        "Follow the error in the evidence.");

    public static readonly ErrorDefinition StreamEmpty = Broken("DEP4504", "The stream carries no answer",
        "Look at the deployment's logs; redeploy the model if it stays silent.");

    public static readonly ErrorDefinition StreamIncomplete = Broken("DEP4505", "The stream ends early",
        "Look for a gateway with a short time limit, and at the deployment's logs for a crash.");

    public static readonly ErrorDefinition StreamNoDone = Tolerated("DEP4506", "The stream does not end with [DONE]",
        "Clients that wait for [DONE] will hang or complain; update the serving image.");

    public static readonly ErrorDefinition StreamNoFinish = Broken("DEP4507", "The stream has no finish reason",
        "Clients cannot tell a complete answer from a cut one; update the serving image.");

    public static readonly ErrorDefinition StreamBuffered = Tolerated("DEP4509", "The stream is collected and sent at once",
        "Turn off response buffering in the gateway or proxy before the endpoint.");

    public static readonly ErrorDefinition StreamDeviation = Tolerated("DEP4510", "The stream deviates from the specification",
        "Update the serving image if a client complains.");

    public static readonly ErrorDefinition RouteNotFound = Broken("DEP4601", "The endpoint does not know the route (404)",
        "Check the URI: /chat/completions is appended to it.");

    public static readonly ErrorDefinition NoTraffic = Broken("DEP4602", "No deployment gets traffic (404)",
        "Give a deployment of the endpoint traffic; `deploy up` sets it as the settings say.");

    public static readonly ErrorDefinition ModelRetired = Broken("DEP4603", "The model is retired (404)",
        "Deploy the model's successor (`deploy models` names it).");

    public static readonly ErrorDefinition ModelFailed = Broken("DEP4604", "The model's container answered with an error",
        "Look at the deployment's logs for the status and reason given here.");

    public static readonly ErrorDefinition NotReady = Broken("DEP4605", "The deployment is not ready",
        "Wait for it with `deploy verify --wait 10m`; if it stays, look at the deployment's logs.", retryable: true);

    public static readonly ErrorDefinition RequestTimedOut = Broken("DEP4606", "The service gave up waiting for the model (408)",
        "Raise the deployment's request timeout, or give it more instances.", retryable: true);

    public static readonly ErrorDefinition Throttled = Unclear("DEP4607", "Throttled (429)",
        "Run `deploy verify` again later, or with a longer --timeout; raise the deployment's limits if it happens without load.");

    public static readonly ErrorDefinition ServiceFailed = Broken("DEP4608", "The service failed (5xx)",
        "Look at the deployment's logs and at Azure's status for the region.", retryable: true);

    public static readonly ErrorDefinition RequestRefused = Broken("DEP4609", "An ordinary request is refused (400 or 422)",
        "Follow the service's message; check that the endpoint serves a chat model.");

    public static readonly ErrorDefinition UnexpectedStatus = Broken("DEP4610", "An unexpected status",
        "Check what answers behind this URI; the body's beginning is in the evidence.");

    public static readonly ErrorDefinition NoAnswerInTime = Broken("DEP4611", "Connected, but no answer in time",
        "Look at the deployment's logs; if it is only slow or starting, use a longer --timeout or --wait.", retryable: true);

    public static readonly ErrorDefinition BudgetSpent = Unclear("DEP4612", "No time or budget left for the check",
        "Use a longer --timeout, or a larger budget (--max-requests, --max-tokens, --budget-time).");

    public static readonly ErrorDefinition ConnectionLost = Broken("DEP4613", "The connection was closed without an answer",
        "Look at the deployment's logs for a crash; check for a gateway that closes connections.", retryable: true);

    public static readonly ErrorDefinition DeploymentFailed = Broken("DEP4614", "A deployment behind the endpoint does not work",
        "Take traffic from the deployment and look at its logs.");

    public static readonly ErrorDefinition DeploymentUnclear = Unclear("DEP4615", "A deployment behind the endpoint could not be judged",
        "Run `deploy verify` again later.");

    public static readonly ErrorDefinition ModelNotServed = Broken("DEP4616", "The model or deployment of this name is not there",
        "Give the name that the service knows it by (--model): on a Foundry resource, that of the deployment.");

    public static readonly ErrorDefinition ReadForbidden = Unclear("DEP4701", "The endpoint may not be read in Azure",
        "Give the caller a role that may read the endpoint and list its keys, such as AzureML Data Scientist on the project.");

    public static readonly ErrorDefinition EndpointNotFound = Broken("DEP4702", "The endpoint does not exist in Azure",
        "Run `deploy up` to create it, or `deploy refresh` if it was deleted on purpose.");

    public static readonly ErrorDefinition ReadFailed = Unclear("DEP4703", "The endpoint could not be read in Azure",
        "Run `deploy verify` again; if it stays, follow the service's message.");

    public static readonly ErrorDefinition LatencyOverLimit = Broken("DEP4801", "The endpoint is slower than its limit",
        "Give the deployment more or larger instances, or raise the limit in phi:verify.");

    public static readonly ErrorDefinition LatencyHigh = Tolerated("DEP4802", "The endpoint is slower than wished for",
        "Give the deployment more or larger instances, or raise the limit in phi:verify.");

    public static readonly ErrorDefinition SlowerThanBaseline = Tolerated("DEP4803", "The endpoint is slower than in an earlier run",
        "Look what changed since: model version, instances, load, network.");

    public static readonly ErrorDefinition RepeatUnanswered = Tolerated("DEP4804", "Some of the repeated requests got no complete answer",
        "Watch the endpoint under load: its limits, its instances, the gateway's time limit.");

    public static readonly ErrorDefinition ProbeBroke = Unclear("DEP4901", "A check could not be carried out",
        "Report this with the message: it is a fault of the toolkit.");

    private static ErrorDefinition Broken(string code, string title, string suggestion, bool retryable = false) =>
        new(code, title, suggestion, ExitCode.VerificationFailed, retryable);

    private static ErrorDefinition Unclear(string code, string title, string suggestion) =>
        new(code, title, suggestion, ExitCode.VerificationInconclusive, Retryable: true);

    private static ErrorDefinition Tolerated(string code, string title, string suggestion) => new(code, title, suggestion, ExitCode.Ok);
}
