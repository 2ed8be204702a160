using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Rendering;

/// <summary>A macro defined in a rendering: its code and the enclosing variables.</summary>
internal sealed class Macro(MacroCode code, TemplateContext context, Frame outer) : IJinjaCallable, IJinjaObject
{
    public string Name => code.Name;

    public object? Call(CallContext call, CallArguments arguments)
    {
        var renderer = call.Renderer;
        var caller = renderer.EnterMacro(code.Name, call);
        var output = renderer.BeginCapture();
        try
        {
            var frame = new Frame(context, outer, code.SlotCount);
            MacroArguments.Bind(call, code, frame, arguments);
            frame.Enter(code.Entries);
            if (code.Body.Execute(frame) != Flow.Return)
                return renderer.EndCapture(output);

            renderer.DropCapture(output);
            return renderer.Returned;
        }
        catch (InsufficientExecutionStackException)
        {
            renderer.Unwind(output);
            throw renderer.LimitError(call, "this is nested or calls itself too deeply");
        }
        catch (ReturnSignal signal)
        {
            renderer.Unwind(output);
            return signal.Value;
        }
        catch
        {
            renderer.Unwind(output);
            throw;
        }
        finally
        {
            renderer.LeaveMacro(caller);
        }
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        switch (name)
        {
            case "name":
                value = code.Name;
                return true;
            case "arguments":
                value = new JinjaTuple([.. code.ParameterNames]);
                return true;
            case "catch_kwargs":
                value = code.UsesKwargs;
                return true;
            case "catch_varargs":
                value = code.UsesVarargs;
                return true;
            case "caller":
                value = code.UsesCaller;
                return true;
            default:
                value = null;
                return false;
        }
    }

    public override string ToString() => $"<Macro '{code.Name}'>";
}
