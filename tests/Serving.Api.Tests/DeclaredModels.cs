using System.Reflection;

// what the compiler of the models writes for a prediction declared beside a model named carts
[assembly: AssemblyMetadata(
    "Leadline.Prediction",
    """
    {"name":"cart_order","description":"Whether a cart is ordered.","target":"dev_local","schema":"shop","is_fixed_schema":false,"relation":"carts",
     "entity":[{"name":"shop","type":"text"},{"name":"cart_no","type":"integer"}],"label":{"name":"outcome","type":"text"},"positive":["won","renewed"],
     "features":[{"name":"items","type":"integer","kind":"number","role":"input","minimum":0,"maximum":500,"out_of_range":"refuse"},
                 {"name":"price","type":"numeric","kind":"number","role":"input","out_of_range":"flag"},
                 {"name":"zip","type":"integer","kind":"category","role":"slice","out_of_range":"flag"},
                 {"name":"is_member","type":"boolean","kind":"boolean","role":"input","out_of_range":"flag"}],"excluded":[]}
    """)]
[assembly: AssemblyMetadata(
    "Leadline.Prediction",
    """
    {"name":"form_answer","description":"","target":"dev_local","schema":"shop","is_fixed_schema":false,"relation":"forms",
     "entity":[{"name":"form_id","type":"text"}],"label":{"name":"answered","type":"integer"},"positive":[],
     "features":[{"name":"words","type":"double precision","kind":"number","role":"input","out_of_range":"flag"}],"excluded":[]}
    """)]
